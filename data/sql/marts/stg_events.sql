-- grain: one row per event that occurred before as_of
create or replace macro stg_events(as_of) as table
    select
        ticket_id,
        seq,
        category,
        from_state,
        from_kind,
        to_state,
        to_kind,
        is_visit,
        is_public_reply,
        occurred_at,
        cast(round(state_seconds * 1000000) as bigint) as left_microseconds,
    from events
    where occurred_at < as_of;
