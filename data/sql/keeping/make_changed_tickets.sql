-- grain: one row per ticket with an event that is newer than what is kept of the log
create or replace temp table changed_tickets as
select
    ticket_id,
    opened_at,
from int_changed_tickets;
