-- the rows of the registered frame `incoming`, all at once, with what of their tickets is asked for
insert into kept_targets by name
select
    incoming.* replace (cast(incoming.ticket_id as uuid) as ticket_id),
    tickets.number,
    tickets.seller_id,
    tickets.team_id,
    tickets.last_event_at,
from incoming
inner join tickets on cast(incoming.ticket_id as uuid) = tickets.id
-- Blocks of rows with few instants in common, and those that run together: a question reads fewer of them.
order by incoming.ended_at is null, incoming.due_at;
