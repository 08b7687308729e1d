-- grain: one row per agent who works on the seller's tickets
select
    id,
    name,
from agents
where
    is_active
    and not list_contains($elsewhere::varchar[], role)
    and (len($team_ids::varchar[]) = 0 or list_contains($team_ids::varchar[], team_id))
order by
    name asc,
    id asc
