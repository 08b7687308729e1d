-- grain: one row, the role of an agent, or none
select role
from agents
where id = $id;
