-- grain: one row per ticket that is linked to this one
select
    id,
    number,
    category,
    state,
    state_kind,
from tickets
where id in (select unnest($ticket_ids::uuid[]))
order by id;
