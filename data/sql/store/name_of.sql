-- grain: one row, the name of an agent, or none
select name
from agents
where id = $id and name <> '';
