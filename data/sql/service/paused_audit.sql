-- grain: one row per agent or seller whose pauses went on after the buyer had written, in the deadline cohort
select
    case $grouping when 'agent' then assignee_id else seller_id end as group_key,
    count(*) filter (where excess_pause_microseconds > 0) as targets_count,
    count(distinct ticket_id) filter (where excess_pause_microseconds > 0) as tickets_count,
    cast(sum(excess_pause_microseconds) as double) / 1000000 as excess_pause_seconds,
    cast(sum(pause_microseconds) as double) / 1000000 as pause_seconds,
    count(*) filter (where status = 'met') as met_count,
    count(*) filter (where status = 'missed') as missed_count,
    count(*) filter (where lenient_status = 'met') as lenient_met_count,
    count(*) filter (where lenient_status = 'missed') as lenient_missed_count,
from mart_targets_selected($as_of, $categories, $seller_ids, $team_ids)
where due_at >= $since and due_at < $until
group by group_key
having sum(excess_pause_microseconds) > 0
order by excess_pause_seconds desc, group_key asc;
