-- What buyers said with their ratings: only the desk sees it.
insert into messages (
    id, ticket_id, author_role, author_id, channel, direction, is_public, text, sent_at, recorded_at
)
select
    cast(judged_ratings.message_id as uuid) as id,
    judged_ratings.ticket_id,
    'buyer' as author_role,
    tickets.buyer_key as author_id,
    tickets.channel,
    'internal' as direction,
    false as is_public,
    judged_ratings.comment,
    judged_ratings.rated_at as sent_at,
    $now::timestamp as recorded_at,
from judged_ratings
inner join tickets on judged_ratings.ticket_id = tickets.id
where judged_ratings.refusal is null and not judged_ratings.is_known and judged_ratings.message_id is not null
order by judged_ratings.rated_at, judged_ratings.line;
