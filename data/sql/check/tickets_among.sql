-- grain: one row per ticket asked for
select *
from tickets
where id in (select unnest($ticket_ids::uuid[]))
order by id;
