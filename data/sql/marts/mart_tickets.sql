-- grain: one row per ticket that had an event before as_of; a duration that is not reached is null
create or replace macro mart_tickets(as_of) as table
    from mart_tickets_opened(as_of, cast('-infinity' as timestamp), cast('infinity' as timestamp));
