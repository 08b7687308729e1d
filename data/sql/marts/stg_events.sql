-- grain: one row per event that occurred before as_of
create or replace macro stg_events(as_of) as table
    select *
    from stg_log
    where occurred_at < as_of;
