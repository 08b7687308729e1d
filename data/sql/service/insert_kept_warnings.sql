-- the rows of the registered frame `incoming`, without those of histories from elsewhere that nobody has taken over
insert into kept_warnings by name
select incoming.* replace (cast(incoming.ticket_id as uuid) as ticket_id)
from incoming
inner join tickets on cast(incoming.ticket_id as uuid) = tickets.id
where tickets.source = '' or contains(cast(tickets.flags as varchar), '"taken_over"');
