-- grain: one row per ticket of these numbers, if it lies within the scope
select
    number,
    cast(id as varchar) as id,
    version,
    state_kind not in ('done', 'final') as is_open,
    assignee_id,
from tickets
where
    number in (select unnest($numbers::bigint[]))
    and (len($seller_ids) = 0 or list_contains($seller_ids, seller_id))
    and (len($team_ids) = 0 or list_contains($team_ids, team_id))
order by number desc;
