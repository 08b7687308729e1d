-- grain: one row per target of a ticket as of as_of; those of `judged_tickets` are in `rejudged_targets`
create or replace macro int_targets(as_of) as table
    select *
    from kept_targets
    anti join judged_tickets using (ticket_id)
    where last_event_at < as_of
    union all by name
    select *
    from rejudged_targets;
