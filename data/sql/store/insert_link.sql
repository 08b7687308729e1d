insert into ticket_links (
    from_ticket_id,
    to_ticket_id,
    kind,
    linked_at
)
values (
    $from_ticket_id,
    $to_ticket_id,
    $kind,
    $linked_at
);
