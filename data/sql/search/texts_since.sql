-- grain: one row per text that the events of a range of positions wrote: a new ticket's numbers, and messages
with newer as (
    select
        ticket_id,
        seq,
        recorded_at,
    from events
    where position > $after and position <= $up_to
),

moments as (
    select distinct
        ticket_id,
        recorded_at,
    from newer
),

born as (
    select
        tickets.number,
        cast(tickets.number as varchar) as own_number,
        tickets.external_ref,
        tickets.posting_number,
    from tickets
    inner join newer on tickets.id = newer.ticket_id
    where newer.seq = 1
)

select
    number,
    'number' as field,
    own_number as found_text,
from born
union all
select
    number,
    'reference' as field,
    external_ref as found_text,
from born
where external_ref <> ''
union all
select
    number,
    'posting' as field,
    posting_number as found_text,
from born
where posting_number <> ''
union all
select
    tickets.number,
    'message' as field,
    messages.text as found_text,
from messages
inner join moments
    on messages.ticket_id = moments.ticket_id and messages.recorded_at = moments.recorded_at
inner join tickets on messages.ticket_id = tickets.id;
