-- grain: one row per message of a ticket; `place` is the order in which they were written
select
    id,
    ticket_id,
    author_role,
    author_id,
    channel,
    is_public,
    text,
    sent_at,
    recorded_at,
    rowid as place,
from messages
where ticket_id = $ticket_id;
