-- grain: one row per text by which a ticket is found, of the tickets of a range of numbers
select
    number,
    'number' as field,
    cast(number as varchar) as found_text,
from tickets
where number >= $first_number and number < $end_number
union all
select
    number,
    'reference' as field,
    external_ref as found_text,
from tickets
where number >= $first_number and number < $end_number and external_ref <> ''
union all
select
    number,
    'posting' as field,
    posting_number as found_text,
from tickets
where number >= $first_number and number < $end_number and posting_number <> ''
union all
select
    tickets.number,
    'message' as field,
    messages.text as found_text,
from messages
inner join tickets on messages.ticket_id = tickets.id
where tickets.number >= $first_number and tickets.number < $end_number;
