-- grain: one row per team within the scope
select
    id,
    name,
from teams
where len($team_ids::varchar[]) = 0 or list_contains($team_ids::varchar[], id)
order by
    name asc,
    id asc;
