-- grain: one row per id that stands twice in a table without a key
with

ids as (
    select
        'messages.id' as place,
        id,
        ticket_id,
    from messages
    union all
    select
        'evidence.id' as place,
        id,
        ticket_id,
    from evidence
    union all
    select
        'claims.id' as place,
        id,
        ticket_id,
    from claims
    union all
    select
        'notices.id' as place,
        id,
        ticket_id,
    from notices
),

repeated as (
    select
        place,
        id,
        min(ticket_id) as ticket_id,
        count(*) as row_count,
    from ids
    group by place, id
    having count(*) > 1
)

select
    tickets.number,
    repeated.place,
    concat(repeated.id, ' on ', repeated.row_count, ' rows') as found,
    'one row' as expected,
from repeated
left join tickets on repeated.ticket_id = tickets.id
order by tickets.number, repeated.place, found;
