-- grain: one row per category of the selected tickets
select
    category,
    count(*) as tickets_count,
from int_ticket_times($as_of, $since, $until)
where
    (len($categories) = 0 or list_contains($categories, category))
    and (len($seller_ids) = 0 or list_contains($seller_ids, seller_id))
    and (len($team_ids) = 0 or list_contains($team_ids, team_id))
group by category
order by category;
