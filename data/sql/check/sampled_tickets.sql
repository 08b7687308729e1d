-- grain: one row per ticket of the sample whose targets are judged again: those that changed last, and as many others
with current_tickets as (
    select
        id,
        number,
        row_number() over (order by last_event_at desc, number desc) as newest_place,
        row_number() over (order by hash(number), number) as mixed_place,
    from tickets
    anti join changed_tickets on tickets.id = changed_tickets.ticket_id
)

select
    cast(id as varchar) as ticket_id,
    number,
from current_tickets
where newest_place <= $sample or mixed_place <= $sample
order by number;
