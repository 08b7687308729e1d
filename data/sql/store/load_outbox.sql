-- the rows of the registered frame `incoming`, all at once; what waits or was sent already stays as it is
insert into outbox by name
select incoming.* replace (cast(incoming.notice_id as uuid) as notice_id)
from incoming
on conflict do nothing;
