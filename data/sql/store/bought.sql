-- grain: one row per record about an order, and the product, as JSON; one statement costs less than four, unsorted
select
    'order' as part,
    to_json(orders) as record,
from orders
where id = $order_id
union all
select
    'item' as part,
    to_json(order_items) as record,
from order_items
where order_id = $order_id
union all
select
    'posting' as part,
    to_json(postings) as record,
from postings
where order_id = $order_id
union all
select
    'product' as part,
    to_json(products) as record,
from products
where id = $product_id;
