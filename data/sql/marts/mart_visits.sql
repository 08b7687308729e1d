-- grain: one row per visit of a state that began before as_of; left_microseconds is the visit before it
create or replace macro mart_visits(as_of) as table
    select
        ticket_id,
        step,
        from_category,
        from_state,
        from_kind,
        category,
        to_state as state,
        to_kind as kind,
        occurred_at as entered_at,
        left_microseconds,
        is_reopening,
    from int_events(as_of)
    where is_visit;
