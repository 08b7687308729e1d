-- grain: one row per agent with a profile
select
    agent_id,
    most_open_count,
    categories,
    languages,
    schemes,
    absent_from_at,
    absent_until_at,
    stand_in_id,
from agent_profiles
order by agent_id asc;
