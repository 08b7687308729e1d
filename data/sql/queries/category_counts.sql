-- grain: one row per category of the selected tickets
with of_platform as (
    select distinct category from mart_states
    where kind = 'platform'
)

select
    selected.category,
    count(*) as tickets_count,
    count(*) filter (where selected.is_open) as open_count,
    count(*) filter (where selected.reopened_steps_count > 0) as reopened_count,
    count(selected.first_resolved_at) as resolved_count,
    count(*) filter (where selected.first_resolved_at is not null and selected.replies_count = 1) as one_touch_count,
    if(of_platform.category is null, null, count(*) filter (where selected.is_escalated)) as escalated_count,
from mart_tickets_selected($as_of, $since, $until, $categories, $seller_ids, $team_ids) as selected
left join of_platform on selected.category = of_platform.category
group by selected.category, of_platform.category
order by tickets_count desc, selected.category asc;
