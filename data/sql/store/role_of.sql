-- grain: one row, the role of an agent, or that they have left, or none
select if(is_active, role, 'left') as standing
from agents
where id = $id;
