-- grain: one row per agent who works on tickets
select
    id,
    name,
    team_id,
from agents
where is_active
order by id;
