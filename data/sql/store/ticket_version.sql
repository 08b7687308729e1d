-- grain: one row, the version of a ticket, or none
select version
from tickets
where id = $ticket_id;
