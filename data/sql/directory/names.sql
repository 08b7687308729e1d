-- grain: one row per agent, and per seller within the scope
select
    id,
    name,
from agents
union all
select
    id,
    name,
from sellers
where len($seller_ids::varchar[]) = 0 or list_contains($seller_ids::varchar[], id);
