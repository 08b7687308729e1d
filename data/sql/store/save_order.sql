insert into orders (
    id,
    number,
    seller_id,
    buyer_key,
    ordered_at
)
values (
    $id,
    $number,
    $seller_id,
    $buyer_key,
    $ordered_at
)
on conflict (id) do update
    set
        number = excluded.number,
        seller_id = excluded.seller_id,
        buyer_key = excluded.buyer_key,
        ordered_at = excluded.ordered_at;
