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
    from mart_targets_selected($as_of, $categories, $seller_ids, $team_ids)
),

-- Three parts, each by a column of its own, so that blocks of rows without any such instant are not read.
counted as (
    select
        group_key,
        target_kind,
        count(*) filter (where status = 'met') as met_count,
        count(*) filter (where status = 'missed') as missed_count,
        count(*) filter (where status = 'ended_otherwise') as ended_otherwise_count,
    from targets
    where due_at >= $since and due_at < $until
    group by group_key, target_kind
    union all by name
    select
        group_key,
        target_kind,
        count(*) filter (where lenient_status = 'met') as lenient_met_count,
        count(*) filter (where lenient_status = 'missed') as lenient_missed_count,
    from targets
    where lenient_due_at >= $since and lenient_due_at < $until
    group by group_key, target_kind
    union all by name
    select
        group_key,
        target_kind,
        count(*) filter (where status = 'running') as running_count,
        count(*) filter (where status = 'paused') as paused_count,
        count(*) filter (where status = 'missed') as overdue_count,
    from targets
    where ended_at is null
    group by group_key, target_kind
)

select
    group_key,
    target_kind,
    cast(coalesce(sum(met_count), 0) as bigint) as met_count,
    cast(coalesce(sum(missed_count), 0) as bigint) as missed_count,
    cast(coalesce(sum(ended_otherwise_count), 0) as bigint) as ended_otherwise_count,
    cast(coalesce(sum(running_count), 0) as bigint) as running_count,
    cast(coalesce(sum(paused_count), 0) as bigint) as paused_count,
    cast(coalesce(sum(overdue_count), 0) as bigint) as overdue_count,
    cast(coalesce(sum(lenient_met_count), 0) as bigint) as lenient_met_count,
    cast(coalesce(sum(lenient_missed_count), 0) as bigint) as lenient_missed_count,
from counted
group by group_key, target_kind
order by group_key, target_kind;
