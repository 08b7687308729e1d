delete from ticket_links
where
    from_ticket_id = $from_ticket_id
    and to_ticket_id = $to_ticket_id
    and kind = $kind
    and linked_at = $linked_at;
