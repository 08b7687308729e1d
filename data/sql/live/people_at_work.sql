-- grain: one row per agent who did something in [since, as_of), or recorded it, the last one to act first
with acts as (
    select
        events.recorded_by as agent_id,
        count(*) as acts_count,
        count(*) filter (where events.recorded_at >= $recent_since) as recent_acts_count,
        max(events.recorded_at) as last_act_at,
        arg_max(events.name, events.position) as last_act,
        arg_max(events.kind, events.position) as last_act_kind,
        arg_max(tickets.number, events.position) as last_number,
    from events
    inner join tickets on events.ticket_id = tickets.id
    where
        events.recorded_at >= $since and events.recorded_at < $as_of
        and events.kind <> 'observed'
        and (len($seller_ids) = 0 or list_contains($seller_ids, tickets.seller_id))
        and (len($team_ids) = 0 or list_contains($team_ids, tickets.team_id))
    group by events.recorded_by
),

assigned as (
    select
        assignee_id as agent_id,
        count(*) as open_count,
    from tickets
    where
        state_kind not in ('done', 'final')
        and (len($seller_ids) = 0 or list_contains($seller_ids, seller_id))
        and (len($team_ids) = 0 or list_contains($team_ids, team_id))
    group by assignee_id
)

select
    acts.agent_id,
    agents.name,
    acts.acts_count,
    acts.recent_acts_count,
    acts.last_act_at,
    acts.last_act,
    acts.last_act_kind,
    acts.last_number,
    coalesce(assigned.open_count, 0) as open_count,
from acts
inner join agents on acts.agent_id = agents.id
left join assigned on acts.agent_id = assigned.agent_id
order by acts.last_act_at desc, acts.agent_id asc;
