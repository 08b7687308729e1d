-- grain: one row per reason of the product's return requests, the most frequent first, with what was sold beside each
with

bought as (
    select
        orders.id as order_id,
        sum(order_items.quantity) as pieces_count,
    from order_items
    inner join orders on order_items.order_id = orders.id
    where
        order_items.product_id = $product_id
        and orders.ordered_at >= $since
        and orders.ordered_at < $until
        and (len($seller_ids) = 0 or list_contains($seller_ids, orders.seller_id))
    group by orders.id
),

-- An order has no team: one about which only other teams have tickets is theirs (DECISIONS: Storage rules).
told as (
    select
        tickets.order_id,
        bool_or(list_contains($team_ids, tickets.team_id)) as is_ours,
    from tickets
    where len($team_ids) > 0 and tickets.order_id in (select bought.order_id from bought)
    group by tickets.order_id
),

sold as (
    select coalesce(sum(bought.pieces_count) filter (where coalesce(told.is_ours, true)), 0) as sold_count,
    from bought
    left join told on bought.order_id = told.order_id
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
        and (len($team_ids) = 0 or list_contains($team_ids, tickets.team_id))
    group by claims.reason_code
)

select
    sold.sold_count,
    coalesce(returned.reason_code, '') as reason_code,
    coalesce(returned.returns_count, 0) as returns_count,
from sold
left join returned on true
order by returns_count desc, reason_code asc;
