-- grain: one row, the order with this number, else the order that has a posting with this number, or none
select orders.id
from orders
where
    (
        orders.number = $number
        or orders.id in (
            select postings.order_id from postings
            where postings.number = $number
        )
    )
    and (len($seller_ids::varchar[]) = 0 or list_contains($seller_ids::varchar[], orders.seller_id))
order by orders.number <> $number, orders.id
limit 1;
