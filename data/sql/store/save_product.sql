insert into products (
    id,
    seller_id,
    name,
    product_category,
    price_amount,
    price_currency,
    warranty_days,
    is_technically_complex,
    is_remote_diagnosable,
    stock_count,
    picture_url
)
values (
    $id,
    $seller_id,
    $name,
    $product_category,
    $price_amount,
    $price_currency,
    $warranty_days,
    $is_technically_complex,
    $is_remote_diagnosable,
    $stock_count,
    $picture_url
)
on conflict (id) do update
    set
        seller_id = excluded.seller_id,
        name = excluded.name,
        product_category = excluded.product_category,
        price_amount = excluded.price_amount,
        price_currency = excluded.price_currency,
        warranty_days = excluded.warranty_days,
        is_technically_complex = excluded.is_technically_complex,
        is_remote_diagnosable = excluded.is_remote_diagnosable,
        stock_count = excluded.stock_count,
        picture_url = excluded.picture_url;
