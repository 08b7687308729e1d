-- grain: one row per record beside a ticket of the kinds that few tickets have: its kind only, which costs little
select 'evidence' as part
from evidence
where ticket_id = $ticket_id
union all
select 'claims' as part
from claims
where ticket_id = $ticket_id
union all
select 'links' as part
from ticket_links
where from_ticket_id = $ticket_id or to_ticket_id = $ticket_id;
