-- grain: one row per agent or seller with a target in the deadline cohort; excess until the tickets' last events
select
    case $grouping when 'agent' then assignee_id else seller_id end as group_key,
    count(*) filter (where excess_pause_microseconds > 0 or is_in_excess) as targets_count,
    count(distinct ticket_id) filter (where excess_pause_microseconds > 0 or is_in_excess) as tickets_count,
    cast(sum(excess_pause_microseconds) as double) / 1000000 as excess_pause_seconds,
    cast(sum(pause_microseconds) as double) / 1000000 as pause_seconds,
    count(*) filter (where status = 'met') as met_count,
    count(*) filter (where status = 'missed') as missed_count,
    count(*) filter (where lenient_status = 'met') as lenient_met_count,
    count(*) filter (where lenient_status = 'missed') as lenient_missed_count,
from mart_targets_selected($as_of, $categories, $seller_ids, $team_ids)
where due_at >= $since and due_at < $until
group by group_key
order by group_key;
