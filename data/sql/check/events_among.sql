-- grain: one row per event of the tickets asked for
select *
from events
where ticket_id in (select unnest($ticket_ids::uuid[]))
order by ticket_id, seq;
