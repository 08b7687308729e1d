-- grain: as int_targets, where nothing happened at as_of or later, so that no target is judged anew
create or replace macro present.int_targets(as_of) as table
    select *
    from kept_targets
    where last_event_at < as_of;
