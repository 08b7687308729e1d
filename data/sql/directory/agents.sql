-- grain: one row per agent who works on tickets
select
    id,
    name,
from agents
where is_active
order by
    name asc,
    id asc
