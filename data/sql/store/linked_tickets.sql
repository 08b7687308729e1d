-- grain: one row per ticket that is linked to this one and lies within the scope
select
    id,
    number,
    category,
    state,
    state_kind,
from tickets
where
    id in (select unnest($ticket_ids::uuid[]))
    and (len($seller_ids::varchar[]) = 0 or list_contains($seller_ids::varchar[], seller_id))
    and (len($team_ids::varchar[]) = 0 or list_contains($team_ids::varchar[], team_id))
order by id;
