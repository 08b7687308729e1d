-- grain: one row per ticket within the scope
select
    cast(id as varchar) as ticket_id,
    opened_at,
from tickets
where
    (len($seller_ids::varchar[]) = 0 or list_contains($seller_ids::varchar[], seller_id))
    and (len($team_ids::varchar[]) = 0 or list_contains($team_ids::varchar[], team_id))
order by
    opened_at asc,
    id asc;
