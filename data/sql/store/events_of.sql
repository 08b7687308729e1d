-- grain: one row per event of a ticket within the scope
select events.*
from events
inner join tickets on events.ticket_id = tickets.id
where
    events.ticket_id = try_cast($ticket_id as uuid)
    and (len($seller_ids::varchar[]) = 0 or list_contains($seller_ids::varchar[], tickets.seller_id))
    and (len($team_ids::varchar[]) = 0 or list_contains($team_ids::varchar[], tickets.team_id))
order by events.seq;
