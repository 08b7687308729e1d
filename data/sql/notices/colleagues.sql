-- grain: one row per agent who works on the seller's tickets
select
    id,
    name,
    team_id,
    role = 'manager' as is_manager,
from agents
where
    is_active
    and not list_contains($elsewhere::varchar[], role)
order by id;
