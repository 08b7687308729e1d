-- grain: one row per target of a ticket as of as_of; `rejudged_targets` holds those of tickets that went on afterwards
create or replace macro int_targets(as_of) as table
    select *
    from kept_targets
    where last_event_at < as_of
    union all by name
    select *
    from rejudged_targets;
