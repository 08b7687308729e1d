-- grain: one row per other ticket of the buyer with this seller, the newest first
select
    tickets.number,
    cast(tickets.id as varchar) as id,
    tickets.category,
    tickets.state,
    tickets.state_kind,
    tickets.opened_at,
    tickets.resolution_reason,
    tickets.order_id <> '' and tickets.order_id = $order_id as is_same_order,
from tickets
where
    $buyer_key <> ''
    and tickets.buyer_key = $buyer_key
    and tickets.seller_id = $seller_id
    and tickets.id <> cast($ticket_id as uuid)
    and (len($seller_ids) = 0 or list_contains($seller_ids, tickets.seller_id))
    and (len($team_ids) = 0 or list_contains($team_ids, tickets.team_id))
order by tickets.opened_at desc, tickets.number desc
limit $row_limit;
