-- grain: one row per notice for which nobody has decided yet where it goes outside, the oldest first
select
    cast(id as varchar) as id,
    person_id,
    kind,
    made_at,
from notices
where planned_at is null
order by made_at, id
limit $row_limit;
