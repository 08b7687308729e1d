-- grain: one row per record of an order, an import or a notice that names another one which is not there
with

named as (
    select
        tickets.number,
        'tickets.order_id' as place,
        'order ' || tickets.order_id as wanted,
    from tickets
    where tickets.order_id <> '' and tickets.source = ''
    union all
    select
        null as number,
        'order_items.order_id' as place,
        'order ' || order_id as wanted,
    from order_items
    union all
    select
        null as number,
        'postings.order_id' as place,
        'order ' || order_id as wanted,
    from postings
    where order_id <> ''
    union all
    select
        tickets.number,
        'import_rows.import_id' as place,
        'import ' || import_rows.import_id as wanted,
    from import_rows
    left join tickets on import_rows.ticket_id = tickets.id
    union all
    select
        null as number,
        'import_rejects.import_id' as place,
        'import ' || import_id as wanted,
    from import_rejects
    union all
    select
        null as number,
        'outbox.notice_id' as place,
        'notice ' || notice_id as wanted,
    from outbox
),

there as (
    select 'order ' || id as known
    from orders
    union all
    select 'import ' || id as known
    from imports
    union all
    select 'notice ' || id as known
    from notices
)

select
    named.number,
    named.place,
    named.wanted as found,
    'one that exists' as expected,
from named
anti join there on named.wanted = there.known
union all
select
    tickets.number,
    'import_rows.seq' as place,
    'event ' || import_rows.seq || ' of ticket ' || import_rows.ticket_id as found,
    'one that exists' as expected,
from import_rows
left join tickets on import_rows.ticket_id = tickets.id
anti join events on import_rows.ticket_id = events.ticket_id and import_rows.seq = events.seq
order by number, place, found;
