-- grain: one row per event that occurred before as_of, with the visit before it by occurred_at, then seq
create or replace macro int_events(as_of) as table
    from int_events_of(as_of, 'stg_log');
