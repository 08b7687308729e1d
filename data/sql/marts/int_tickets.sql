-- grain: one row per ticket that had an event before as_of, with its instants as they were then
create or replace macro int_tickets(as_of) as table
    from int_tickets_opened(as_of, cast('-infinity' as timestamp), cast('infinity' as timestamp));
