-- grain: one row, a ticket number that was never given before
select nextval('ticket_numbers') as number;
