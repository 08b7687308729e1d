-- Merges that were taken back: their links are gone, and what was so while they held must stay known.
create table undone_merges (
    from_ticket_id uuid not null,
    to_ticket_id uuid not null,
    linked_at timestamp not null,
    undone_at timestamp not null
);

insert into undone_merges
select
    ticket_id as from_ticket_id,
    cast(payload ->> '$.unlink.to' as uuid) as to_ticket_id,
    cast(payload ->> '$.unlink.linked_at' as timestamp) as linked_at,
    occurred_at as undone_at,
from events
where kind = 'unmerged' and is_visit;

-- Merged tickets are judged otherwise than before (DECISIONS: Targets): every target is made anew.
delete from settings
where key = 'targets_kept_up_to';
