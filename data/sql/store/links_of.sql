-- grain: one row per link of a ticket; `place` is the order in which they were written
select
    *,
    rowid as place,
from ticket_links
where from_ticket_id = $ticket_id or to_ticket_id = $ticket_id;
