-- grain: one row per kept target of some tickets
select
    cast(ticket_id as varchar) as ticket_id,
    target_kind,
    turn,
    state,
    policy_version,
    policy_id,
    calendar_id,
    budget_microseconds,
    started_at,
    ended_at,
    ending,
    due_at,
    counted_microseconds,
    allowed_microseconds,
    is_paused,
    lenient_due_at,
    pause_microseconds,
    excess_pause_microseconds,
from kept_targets
where ticket_id in (select unnest(cast($ticket_ids as uuid[])))
order by ticket_id, target_kind, turn;
