-- grain: one row per active agent of the seller and the teams, with the open tickets that are assigned to them
select
    agents.id,
    agents.name,
    count(tickets.id) as open_count,
from agents
left join tickets on agents.id = tickets.assignee_id and tickets.state_kind not in ('done', 'final')
where
    agents.is_active
    and not list_contains($elsewhere::varchar[], agents.role)
    and (len($team_ids::varchar[]) = 0 or list_contains($team_ids::varchar[], agents.team_id))
group by
    agents.id,
    agents.name
order by
    agents.name asc,
    agents.id asc;
