-- grain: one row, a saved view, or none
select
    cast(id as varchar) as view_id,
    owner_id,
    name,
    is_shared,
    conditions,
from saved_views
where id = $id;
