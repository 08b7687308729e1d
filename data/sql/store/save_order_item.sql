insert into order_items (
    order_id,
    line,
    product_id,
    quantity,
    price_amount,
    price_currency
)
values (
    $order_id,
    $line,
    $product_id,
    $quantity,
    $price_amount,
    $price_currency
)
on conflict (order_id, line) do update
    set
        product_id = excluded.product_id,
        quantity = excluded.quantity,
        price_amount = excluded.price_amount,
        price_currency = excluded.price_currency;
