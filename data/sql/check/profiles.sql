-- grain: one row per name in an agent's profile that is no agent's
select
    null::integer as number,
    'agent_profiles' as place,
    named.agent_id as found,
    'an agent' as expected,
from (
    select agent_id
    from agent_profiles
    union
    select stand_in_id as agent_id
    from agent_profiles
    where stand_in_id <> ''
) as named
anti join agents on named.agent_id = agents.id
order by named.agent_id;
