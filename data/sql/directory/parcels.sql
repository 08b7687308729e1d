-- grain: one row per parcel of an order, in the order of their numbers
select number
from postings
where
    order_id = $order_id
    and (
        len($seller_ids::varchar[]) = 0
        or exists (
            select 1 from orders
            where orders.id = $order_id and list_contains($seller_ids::varchar[], orders.seller_id)
        )
    )
order by number asc
