-- what the log from a position on says of merges that were undone; their links are dropped
insert into undone_merges by name
select
    ticket_id as from_ticket_id,
    cast(payload ->> '$.unlink.to' as uuid) as to_ticket_id,
    cast(payload ->> '$.unlink.linked_at' as timestamp) as linked_at,
    occurred_at as undone_at,
from events
where position >= $since and kind = 'unmerged' and (payload -> 'unlink') is not null;
