insert into claims (
    id,
    ticket_id,
    kind,
    external_ref,
    status,
    reason_code,
    is_defect,
    filed_at,
    auto_approve_at,
    amount,
    currency
)
values (
    $id,
    $ticket_id,
    $kind,
    $external_ref,
    $status,
    $reason_code,
    $is_defect,
    $filed_at,
    $auto_approve_at,
    $amount,
    $currency
);
