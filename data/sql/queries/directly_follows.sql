-- grain: one row per pair of states of which the second followed the first in a selected ticket
with selected as (
    select ticket_id
    from mart_tickets_selected($as_of, $since, $until, $categories, $seller_ids, $team_ids)
)

select
    visit.from_category,
    visit.from_state,
    visit.category as to_category,
    visit.state as to_state,
    count(*) as steps_count,
    cast(sum(visit.left_microseconds) as double) / (count(*) * 1000000) as mean_seconds,
    quantile_cont(visit.left_microseconds, 0.5) / 1000000 as median_seconds,
    quantile_cont(visit.left_microseconds, 0.9) / 1000000 as p90_seconds,
from mart_visits($as_of) as visit
semi join selected using (ticket_id)
where visit.left_microseconds is not null and visit.entered_at >= $since
group by visit.from_category, visit.from_state, visit.category, visit.state
order by steps_count desc, visit.from_state asc, visit.state asc, visit.from_category asc, visit.category asc
limit $row_limit;
