-- grain: one row, the event that last changed a ticket
select
    events.*,
    tickets.number,
from events
inner join tickets on events.ticket_id = tickets.id
where events.ticket_id = $ticket_id
order by events.seq desc
limit 1;
