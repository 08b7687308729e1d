-- grain: one row per saved view that a person sees: their own, and those that are shared
select
    cast(id as varchar) as view_id,
    owner_id,
    name,
    is_shared,
    conditions,
from saved_views
where is_shared or owner_id = $person_id
order by
    is_shared asc,
    lower(name) asc,
    id asc;
