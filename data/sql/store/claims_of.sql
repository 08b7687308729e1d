-- grain: one row per claim of a ticket; `place` is the order in which they were written
select
    *,
    rowid as place,
from claims
where ticket_id = $ticket_id;
