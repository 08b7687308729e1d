insert into evidence (
    id,
    ticket_id,
    kind,
    content_hash,
    size_bytes,
    media_type,
    file_name,
    added_by_role,
    added_by_id,
    added_at,
    claim_id
)
values (
    $id,
    $ticket_id,
    $kind,
    $content_hash,
    $size_bytes,
    $media_type,
    $file_name,
    $added_by_role,
    $added_by_id,
    $added_at,
    $claim_id
);
