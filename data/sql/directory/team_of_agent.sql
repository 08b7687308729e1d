-- grain: one row, the team of an agent, or none
select team_id
from agents
where id = $agent_id;
