-- grain: one row per item of an order; `place` is its line
select
    product_id,
    quantity,
    price_amount,
    price_currency,
    line as place,
from order_items
where order_id = $order_id;
