-- grain: one row per event, with what the figures ask of it; `is_misplaced` sends its whole ticket to be woven anew
create or replace view stg_log as
select
    position,
    ticket_id,
    seq,
    category,
    from_state,
    from_kind,
    to_state,
    to_kind,
    actor_role,
    is_visit,
    is_public_reply,
    is_buyer_message,
    occurred_at,
    payload,
    cast(round(state_seconds * 1000000) as bigint) as left_microseconds,
    kind = 'opened' as is_opening,
    kind = 'categorised' or coalesce(state_seconds < 0, false) as is_misplaced,
from events;
