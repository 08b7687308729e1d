-- grain: one row per rating of `found_ratings`, with why it cannot be taken, if so
-- Of rows that say the same of one ticket and time one is taken, the first with a comment, else the first.
create or replace temp table judged_ratings as
with

resolved as (
    select
        ticket_id,
        min(occurred_at) as resolved_at,
    from events
    where is_visit and to_kind in ('done', 'final') and ticket_id in (select ticket_id from found_ratings)
    group by ticket_id
),

comments as (
    select
        id,
        ticket_id,
        text,
    from messages
    where not is_public and author_role = 'buyer' and ticket_id in (select ticket_id from found_ratings)
),

rated as (
    select
        events.ticket_id,
        events.occurred_at,
        events.seq,
        cast(events.payload ->> 'rating' as integer) as rating,
        comments.text as said,
    from events
    left join comments
        on
            events.ticket_id = comments.ticket_id
            and cast(events.payload ->> '$.message_ids[0]' as uuid) = comments.id
    where events.kind = 'rated' and events.ticket_id in (select ticket_id from found_ratings)
),

known as (
    select
        ticket_id,
        occurred_at,
        arg_max(rating, seq) as rating,
        coalesce(arg_max(said, seq), '') as said,
    from rated
    group by ticket_id, occurred_at
),

named as (
    select
        found_ratings.*,
        tickets.number as ticket_number,
        tickets.external_ref,
        tickets.state_kind,
        resolved.resolved_at,
        known.rating as known_rating,
        known.said as known_comment,
        first_value(found_ratings.line) over same as first_line,
        first_value(found_ratings.rating) over same as first_rating,
        first_value(found_ratings.line) over telling as told_line,
        first_value(found_ratings.comment) over telling as told_comment,
    from found_ratings
    left join tickets on found_ratings.ticket_id = tickets.id
    left join resolved on found_ratings.ticket_id = resolved.ticket_id
    left join known on found_ratings.ticket_id = known.ticket_id and found_ratings.rated_at = known.occurred_at
    window
        same as (
            partition by
                found_ratings.ticket_id,
                found_ratings.rated_at,
                if(found_ratings.ticket_id is null, found_ratings.line, 0),
                found_ratings.reference in ('', tickets.external_ref)
            order by found_ratings.line
        ),
        telling as (
            partition by
                found_ratings.ticket_id,
                found_ratings.rated_at,
                if(found_ratings.ticket_id is null, found_ratings.line, 0),
                found_ratings.reference in ('', tickets.external_ref),
                found_ratings.rating
            order by found_ratings.comment = '', found_ratings.line
        )
)

select
    line,
    ticket_id,
    rating,
    comment,
    rated_at,
    message_id,
    coalesce(known_rating = rating, false) as is_rating_known,
    coalesce(known_rating = rating and comment in ('', known_comment), false) or told_line <> line as is_known,
    case
        when found_count is null and number is not null then concat('there is no ticket ', number)
        when found_count is null then concat('there is no ticket with the reference ', reference)
        when found_count > 1
            then concat('the reference ', reference, ' names ', found_count, ' tickets: give the ticket number')
        when reference not in ('', external_ref)
            then concat('ticket ', ticket_number, ' has another reference than ', reference)
        when known_rating = rating and comment in ('', known_comment) then null
        when known_rating = rating and known_comment <> ''
            then concat('ticket ', ticket_number, ' was rated at the same time with another comment already')
        when state_kind not in ('done', 'final') then concat('ticket ', ticket_number, ' is not resolved')
        when rated_at < resolved_at
            then concat('ticket ', ticket_number, ' was resolved later: ', strftime(resolved_at, '%Y-%m-%dT%H:%M:%SZ'))
        when known_rating <> rating
            then concat('ticket ', ticket_number, ' was rated ', known_rating, ' at the same time already')
        when first_rating <> rating
            then concat('line ', first_line, ' rates ticket ', ticket_number, ' otherwise at the same time')
        when comment not in ('', told_comment)
            then concat('line ', told_line, ' rates ticket ', ticket_number, ' with another comment at the same time')
    end as refusal,
from named;
