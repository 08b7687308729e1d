-- grain: one row, the order without its items, or none
select *
from orders
where id = $order_id;
