-- grain: one row per agent who works on tickets
select
    id,
    name,
    team_id,
    role = 'manager' as is_manager,
from agents
where is_active
order by id;
