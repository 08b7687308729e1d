-- grain: one row per rating of the registered frame `incoming`, with its ticket and why it cannot be taken, if so
create or replace temp table judged_ratings as
with

candidates as (
    select
        incoming.line,
        tickets.id as ticket_id,
    from incoming
    inner join tickets on incoming.number = tickets.number
    union all
    select
        incoming.line,
        tickets.id as ticket_id,
    from incoming
    inner join tickets on incoming.reference = tickets.external_ref
    where incoming.number is null
),

found as (
    select
        line,
        count(*) as found_count,
        any_value(ticket_id) as ticket_id,
    from candidates
    group by line
),

resolved as (
    select
        ticket_id,
        min(occurred_at) as resolved_at,
    from events
    where is_visit and to_kind in ('done', 'final') and ticket_id in (select ticket_id from found)
    group by ticket_id
),

known as (
    select
        ticket_id,
        occurred_at,
        arg_max(cast(payload ->> 'rating' as integer), seq) as rating,
    from events
    where kind = 'rated' and ticket_id in (select ticket_id from found)
    group by ticket_id, occurred_at
),

named as (
    select
        incoming.*,
        found.found_count,
        found.ticket_id,
        tickets.number as ticket_number,
        tickets.external_ref,
        tickets.state_kind,
        resolved.resolved_at,
        known.rating as known_rating,
        first_value(incoming.line) over same as first_line,
        first_value(incoming.rating) over same as first_rating,
    from incoming
    left join found on incoming.line = found.line
    left join tickets on found.ticket_id = tickets.id
    left join resolved on found.ticket_id = resolved.ticket_id
    left join known on found.ticket_id = known.ticket_id and incoming.rated_at = known.occurred_at
    window
        same as (
            partition by
                found.ticket_id,
                incoming.rated_at,
                if(found.ticket_id is null, incoming.line, 0),
                incoming.reference in ('', tickets.external_ref)
            order by incoming.line
        )
)

select
    line,
    ticket_id,
    rating,
    comment,
    rated_at,
    message_id,
    coalesce(known_rating = rating, false) or first_line < line as is_known,
    case
        when found_count is null and number is not null then concat('there is no ticket ', number)
        when found_count is null then concat('there is no ticket with the reference ', reference)
        when found_count > 1
            then concat('the reference ', reference, ' names ', found_count, ' tickets: give the ticket number')
        when reference not in ('', external_ref)
            then concat('ticket ', ticket_number, ' has another reference than ', reference)
        when known_rating = rating then null
        when state_kind not in ('done', 'final') then concat('ticket ', ticket_number, ' is not resolved')
        when rated_at < resolved_at
            then concat('ticket ', ticket_number, ' was resolved later: ', strftime(resolved_at, '%Y-%m-%dT%H:%M:%SZ'))
        when known_rating <> rating
            then concat('ticket ', ticket_number, ' was rated ', known_rating, ' at the same time already')
        when first_rating <> rating
            then concat('line ', first_line, ' rates ticket ', ticket_number, ' otherwise at the same time')
    end as refusal,
from named;
