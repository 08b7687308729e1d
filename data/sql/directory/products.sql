-- grain: one row per product of a seller
select
    id,
    name,
from products
where
    seller_id = $seller_id
    and (len($seller_ids::varchar[]) = 0 or list_contains($seller_ids::varchar[], seller_id))
order by
    name asc,
    id asc
