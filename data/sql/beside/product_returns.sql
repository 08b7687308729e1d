-- grain: one row per reason of the product's return requests, the most frequent first, with what was sold beside each
with

sold as (
    select coalesce(sum(order_items.quantity), 0) as sold_count,
    from order_items
    inner join orders on order_items.order_id = orders.id
    where order_items.product_id = $product_id and orders.ordered_at >= $since and orders.ordered_at < $until
),

returned as (
    select
        claims.reason_code,
        count(*) as returns_count,
    from claims
    inner join tickets on claims.ticket_id = tickets.id
    where
        claims.kind = 'return'
        and claims.filed_at >= $since
        and claims.filed_at < $until
        and tickets.product_id = $product_id
        and (len($seller_ids) = 0 or list_contains($seller_ids, tickets.seller_id))
    group by claims.reason_code
)

select
    sold.sold_count,
    coalesce(returned.reason_code, '') as reason_code,
    coalesce(returned.returns_count, 0) as returns_count,
from sold
left join returned on true
order by returns_count desc, reason_code asc;
