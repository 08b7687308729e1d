-- grain: one row per seller
select
    id,
    name,
from sellers
where len($seller_ids) = 0 or list_contains($seller_ids, id)
order by
    name asc,
    id asc
