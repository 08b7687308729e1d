-- grain: one row per person who may get tickets of the teams, or has one within the scope
with holding as (  -- before the names: a few ids, not a row per ticket
    select distinct assignee_id
    from tickets
    where
        assignee_id != ''
        and (len($seller_ids::varchar[]) = 0 or list_contains($seller_ids::varchar[], seller_id))
        and (len($team_ids::varchar[]) = 0 or list_contains($team_ids::varchar[], team_id))
)

select
    id,
    name,
from agents
where
    is_active
    and not list_contains($elsewhere::varchar[], role)
    and (len($team_ids::varchar[]) = 0 or list_contains($team_ids::varchar[], team_id))
union
select
    holding.assignee_id as id,
    coalesce(agents.name, holding.assignee_id) as name,
from holding
left join agents on holding.assignee_id = agents.id
order by
    name asc,
    id asc;
