-- grain: one row, the event that last changed a ticket, with the name of who recorded it
select
    tickets.number,
    events.name,
    events.recorded_at,
    coalesce(nullif(agents.name, ''), events.recorded_by) as winner,
from events
inner join tickets on events.ticket_id = tickets.id
left join agents on events.recorded_by = agents.id
where events.ticket_id = $ticket_id
order by events.seq desc
limit 1;
