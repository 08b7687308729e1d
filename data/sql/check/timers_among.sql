-- grain: one row per timer of the tickets asked for
select *
from timers
where ticket_id in (select unnest($ticket_ids::uuid[]))
order by ticket_id, rowid;
