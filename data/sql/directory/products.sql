-- grain: one row per product of a seller
select
    id,
    name,
from products
where seller_id = $seller_id
order by
    name asc,
    id asc
