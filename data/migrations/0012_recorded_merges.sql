-- What the log says of merges: a link may call one ticket the duplicate of another without merging them.
create table recorded_merges (
    from_ticket_id uuid not null,
    to_ticket_id uuid not null,
    linked_at timestamp not null
);

insert into recorded_merges
select
    ticket_id as from_ticket_id,
    cast(payload ->> '$.link.to' as uuid) as to_ticket_id,
    cast(payload ->> '$.link.linked_at' as timestamp) as linked_at,
from events
where kind = 'merged' and is_visit and (payload -> 'link') is not null;

-- Every such link was judged as a merge (DECISIONS: Targets): every target is made anew.
delete from settings
where key = 'targets_kept_up_to';
