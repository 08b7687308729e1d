-- grain: one row, the ticket, or none
select *
from tickets
where id = try_cast($ticket_id as uuid);
