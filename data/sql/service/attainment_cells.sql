-- grain: one row per kind, category, priority, team, agent, seller and policy of targets that are due or that run
with due as (
    select
        target_kind,
        category,
        priority,
        team_id,
        assignee_id,
        seller_id,
        policy_id,
        count(*) filter (where is_due and status = 'met') as met_count,
        count(*) filter (where is_due and status = 'missed') as missed_count,
        count(*) filter (where is_due and status = 'ended_otherwise') as ended_otherwise_count,
        count(*) filter (where is_leniently_due and lenient_status = 'met') as lenient_met_count,
        count(*) filter (where is_leniently_due and lenient_status = 'missed') as lenient_missed_count,
        cast(sum(if(is_due, excess_pause_microseconds, 0)) as double) / 1000000 as excess_pause_seconds,
    from (
        select
            *,
            coalesce(due_at >= $since and due_at < $until, false) as is_due,
            coalesce(lenient_due_at >= $since and lenient_due_at < $until, false) as is_leniently_due,
        from mart_targets_selected($as_of, $categories, $seller_ids, $team_ids)
        where (due_at >= $since and due_at < $until) or (lenient_due_at >= $since and lenient_due_at < $until)
    ) as cohort
    group by target_kind, category, priority, team_id, assignee_id, seller_id, policy_id
),

running as (
    select
        target_kind,
        category,
        priority,
        team_id,
        assignee_id,
        seller_id,
        policy_id,
        count(*) filter (where status = 'running') as running_count,
        count(*) filter (where status = 'paused') as paused_count,
        count(*) filter (where status = 'missed') as overdue_count,
    from mart_targets_selected($as_of, $categories, $seller_ids, $team_ids)
    where ended_at is null
    group by target_kind, category, priority, team_id, assignee_id, seller_id, policy_id
)

select
    target_kind,
    category,
    priority,
    team_id,
    assignee_id,
    seller_id,
    policy_id,
    coalesce(met_count, 0) as met_count,
    coalesce(missed_count, 0) as missed_count,
    coalesce(ended_otherwise_count, 0) as ended_otherwise_count,
    coalesce(running_count, 0) as running_count,
    coalesce(paused_count, 0) as paused_count,
    coalesce(overdue_count, 0) as overdue_count,
    coalesce(lenient_met_count, 0) as lenient_met_count,
    coalesce(lenient_missed_count, 0) as lenient_missed_count,
    coalesce(excess_pause_seconds, 0) as excess_pause_seconds,
from due
full join running using (target_kind, category, priority, team_id, assignee_id, seller_id, policy_id)
order by target_kind, category, priority, team_id, assignee_id, seller_id, policy_id;
