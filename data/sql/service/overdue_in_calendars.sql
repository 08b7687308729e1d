-- grain: one row per missed target with a deadline in [since, until) whose clock, a calendar's, still runs
select
    number,
    target_kind,
    turn,
    calendar_id,
    last_event_at,
from mart_targets_selected($as_of, $categories, $seller_ids, $team_ids)
where
    due_at >= $since and due_at < $until
    and ended_at is null
    and status = 'missed'
    and not is_paused
    and calendar_id <> 'marketplace';
