-- grain: one row per record about what was bought, as JSON
select
    'order' as part,
    0 as place,
    to_json(orders) as record,
from orders
where id = $order_id
union all
select
    'item' as part,
    line as place,
    to_json(order_items) as record,
from order_items
where order_id = $order_id
union all
select
    'posting' as part,
    rowid as place,
    to_json(postings) as record,
from postings
where number = $posting_number or order_id = $order_id
union all
select
    'product' as part,
    0 as place,
    to_json(products) as record,
from products
where id = $product_id
order by part, place;
