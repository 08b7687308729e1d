-- grain: one row per file of evidence of a ticket that was merged into this one, or into one that was, in its order
with recursive merged as (
    select from_ticket_id as id
    from ticket_links
    where to_ticket_id = cast($ticket_id as uuid) and kind = 'duplicate_of'
    union
    select ticket_links.from_ticket_id as id
    from ticket_links
    inner join merged on ticket_links.to_ticket_id = merged.id
    where ticket_links.kind = 'duplicate_of' and ticket_links.from_ticket_id <> cast($ticket_id as uuid)
)

select
    tickets.number,
    to_json(evidence) as record,
from merged
inner join tickets on merged.id = tickets.id
inner join evidence on tickets.id = evidence.ticket_id
where
    tickets.state_kind = 'final' and tickets.resolution_reason = 'merged'
    and (len($seller_ids::varchar[]) = 0 or list_contains($seller_ids::varchar[], tickets.seller_id))
    and (len($team_ids::varchar[]) = 0 or list_contains($team_ids::varchar[], tickets.team_id))
order by evidence.added_at, tickets.number, evidence.rowid;
