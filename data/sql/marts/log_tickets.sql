-- grain: one row per ticket that had an event before as_of, from the log alone
create or replace macro log_tickets(as_of) as table
    from log_tickets_of(as_of, 'stg_log');
