-- grain: one row per agent or seller whose pauses in the deadline cohort went on after the buyer had written
-- Excess is until the tickets' last events. Who has none is not looked at further.
with targets as not materialized (
    select
        *,
        case $grouping when 'agent' then assignee_id else seller_id end as group_key,
        excess_pause_microseconds > 0 or is_in_excess as has_excess,
        coalesce(due_at >= $since and due_at < $until, false) as is_due,
    from mart_targets_selected($as_of, $categories, $seller_ids, $team_ids)
),

groups as materialized (
    select distinct group_key
    from targets
    where due_at >= $since and due_at < $until and has_excess
),

cohort as (
    select * from targets
    where due_at >= $since and due_at < $until
    union all
    select * from targets
    where lenient_due_at >= $since and lenient_due_at < $until and not is_due
)

select
    group_key,
    count(*) filter (where is_due and has_excess) as targets_count,
    count(distinct ticket_id) filter (where is_due and has_excess) as tickets_count,
    cast(sum(excess_pause_microseconds) filter (where is_due) as double) / 1000000 as excess_pause_seconds,
    cast(sum(pause_microseconds) filter (where is_due) as double) / 1000000 as pause_seconds,
    count(*) filter (where is_due and status = 'met') as met_count,
    count(*) filter (where is_due and status = 'missed') as missed_count,
    count(*) filter (where lenient_due_at >= $since and lenient_due_at < $until and lenient_status = 'met')
        as lenient_met_count,
    count(*) filter (where lenient_due_at >= $since and lenient_due_at < $until and lenient_status = 'missed')
        as lenient_missed_count,
from cohort
semi join groups using (group_key)
group by group_key
order by group_key;
