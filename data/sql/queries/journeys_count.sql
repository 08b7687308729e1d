-- grain: one row per category of the selected tickets
select
    category,
    count(distinct state_numbers) as journeys_count,
from mart_journeys_selected($as_of, $since, $until, $categories, $seller_ids, $team_ids)
group by category
order by category;
