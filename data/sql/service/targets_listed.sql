-- grain: one row per target that is narrowed to, the newest deadline or start first, with how many there are
with selected as (
    select
        *,
        case
            when status = 'missed' and ended_at is null then 'overdue'
            else status
        end as outcome,
        coalesce(due_at, started_at) as ordered_at,
        greatest((epoch_us(coalesce(ended_at, $as_of)) - epoch_us(started_at)) / 1000000, 1) as wait_seconds,
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
    where case $cohort
        when 'due' then due_at >= $since and due_at < $until
        when 'started' then started_at >= $since and started_at < $until
        else ended_at is null
    end
)

select
    selected.number,
    selected.target_kind,
    selected.category,
    selected.started_at,
    selected.outcome,
    selected.due_at,
    selected.ended_at,
    selected.is_paused,
    selected.calendar_id,
    selected.wait_seconds,
    selected.allowed_microseconds,
    selected.counted_microseconds,
    selected.excess_pause_microseconds / 1000000 as excess_pause_seconds,
    selected.last_event_at,
    count(*) over () as all_count,
from selected
where
    ($target_kind = '' or selected.target_kind = $target_kind)
    and (len($outcomes) = 0 or list_contains($outcomes, selected.outcome))
    and ($grouping = 'whole' or selected.group_key = $group_key)
    and selected.wait_seconds >= $from_seconds
    and selected.wait_seconds < $to_seconds
    and (not $has_excess or selected.excess_pause_microseconds > 0)
order by selected.ordered_at desc, selected.number asc, selected.target_kind asc, selected.turn asc
limit $row_limit offset $row_offset;
