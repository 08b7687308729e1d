-- grain: one row per file of evidence of a ticket; `place` is the order in which they were written
select
    *,
    rowid as place,
from evidence
where ticket_id = $ticket_id;
