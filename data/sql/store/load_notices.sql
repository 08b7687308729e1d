-- the rows of the registered frame `incoming`, all at once; what is told already stays as it is
insert into notices by name
select incoming.* replace (cast(incoming.id as uuid) as id, cast(incoming.ticket_id as uuid) as ticket_id)
from incoming
on conflict do nothing;
