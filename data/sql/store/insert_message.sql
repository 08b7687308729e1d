insert into messages (
    id,
    ticket_id,
    author_role,
    author_id,
    channel,
    direction,
    is_public,
    text,
    sent_at,
    recorded_at
)
values (
    $id,
    $ticket_id,
    $author_role,
    $author_id,
    $channel,
    $direction,
    $is_public,
    $text,
    $sent_at,
    $recorded_at
);
