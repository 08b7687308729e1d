-- grain: one row, the role of an agent, or that they have left, or none
select if(is_active, role, 'left') as role
from agents
where id = $id;
