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
    and (
        len($team_ids::varchar[]) = 0
        or not exists (
            select 1 from tickets
            where tickets.order_id = orders.id
        )
        or exists (
            select 1 from tickets
            where tickets.order_id = orders.id and list_contains($team_ids::varchar[], tickets.team_id)
        )
    )
order by orders.number <> $number, orders.id
limit 1;
