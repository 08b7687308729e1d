-- grain: one row per comment that was written with a rating just now
select
    tickets.number,
    'message' as field,
    judged_ratings.comment as found_text,
from judged_ratings
inner join tickets on judged_ratings.ticket_id = tickets.id
where judged_ratings.refusal is null and not judged_ratings.is_known and judged_ratings.message_id is not null;
