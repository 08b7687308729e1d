-- what the log from a position on says of merges
insert into recorded_merges by name
select
    ticket_id as from_ticket_id,
    cast(payload ->> '$.link.to' as uuid) as to_ticket_id,
    cast(payload ->> '$.link.linked_at' as timestamp) as linked_at,
from events
where position >= $since and kind = 'merged' and is_visit and (payload -> 'link') is not null;
