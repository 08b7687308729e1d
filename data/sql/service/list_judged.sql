-- grain: one row per ticket that is judged
select cast(ticket_id as varchar) as ticket_id
from judged_tickets;
