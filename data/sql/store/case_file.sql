-- grain: one row per record beside a ticket, as JSON, in the order in which it was written
select
    'message' as part,
    rowid as place,
    to_json(messages) as record,
from messages
where ticket_id = $ticket_id
union all
select
    'evidence' as part,
    rowid as place,
    to_json(evidence) as record,
from evidence
where ticket_id = $ticket_id
union all
select
    'claim' as part,
    rowid as place,
    to_json(claims) as record,
from claims
where ticket_id = $ticket_id
union all
select
    'link' as part,
    rowid as place,
    to_json(ticket_links) as record,
from ticket_links
where from_ticket_id = $ticket_id or to_ticket_id = $ticket_id
order by part, place;
