-- grain: one row per group and kind of target that is due in [since, until) or that runs
with targets as not materialized (
    select
        *,
        case $grouping
            when 'category' then category
            when 'priority' then priority
            when 'team' then team_id
            when 'agent' then assignee_id
            when 'seller' then seller_id
            when 'policy' then policy_id
            else ''
        end as group_key,
        coalesce(due_at >= $since and due_at < $until, false) as is_due,
        coalesce(lenient_due_at >= $since and lenient_due_at < $until, false) as is_leniently_due,
    from mart_targets_selected($as_of, $categories, $seller_ids, $team_ids)
),

-- Three parts, each by a column of its own, so that blocks of rows without any such instant are not read.
looked_at as (
    select * from targets
    where due_at >= $since and due_at < $until
    union all
    select * from targets
    where lenient_due_at >= $since and lenient_due_at < $until and not is_due
    union all
    select * from targets
    where ended_at is null and not is_due and not is_leniently_due
)

select
    group_key,
    target_kind,
    count(*) filter (where is_due and status = 'met') as met_count,
    count(*) filter (where is_due and status = 'missed') as missed_count,
    count(*) filter (where is_due and status = 'ended_otherwise') as ended_otherwise_count,
    count(*) filter (where ended_at is null and status = 'running') as running_count,
    count(*) filter (where ended_at is null and status = 'paused') as paused_count,
    count(*) filter (where ended_at is null and status = 'missed') as overdue_count,
    count(*) filter (where is_leniently_due and lenient_status = 'met') as lenient_met_count,
    count(*) filter (where is_leniently_due and lenient_status = 'missed') as lenient_missed_count,
from looked_at
group by group_key, target_kind
order by group_key, target_kind;
