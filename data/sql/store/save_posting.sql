insert into postings (
    number,
    order_id,
    scheme,
    status,
    status_changed_at,
    tracking_number,
    carrier,
    warehouse,
    is_cross_border,
    shipped_at,
    promised_at,
    original_promised_at,
    delivered_at
)
values (
    $number,
    $order_id,
    $scheme,
    $status,
    $status_changed_at,
    $tracking_number,
    $carrier,
    $warehouse,
    $is_cross_border,
    $shipped_at,
    $promised_at,
    $original_promised_at,
    $delivered_at
)
on conflict (number) do update
    set
        order_id = excluded.order_id,
        scheme = excluded.scheme,
        status = excluded.status,
        status_changed_at = excluded.status_changed_at,
        tracking_number = excluded.tracking_number,
        carrier = excluded.carrier,
        warehouse = excluded.warehouse,
        is_cross_border = excluded.is_cross_border,
        shipped_at = excluded.shipped_at,
        promised_at = excluded.promised_at,
        original_promised_at = excluded.original_promised_at,
        delivered_at = excluded.delivered_at;
