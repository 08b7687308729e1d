-- grain: one row per record that names a ticket which is not there
with

named as (
    select
        ticket_id,
        'messages.ticket_id' as place,
        ticket_id as wanted,
    from messages
    union all
    select
        ticket_id,
        'evidence.ticket_id' as place,
        ticket_id as wanted,
    from evidence
    union all
    select
        ticket_id,
        'claims.ticket_id' as place,
        ticket_id as wanted,
    from claims
    union all
    select
        ticket_id,
        'notices.ticket_id' as place,
        ticket_id as wanted,
    from notices
    union all
    select
        ticket_id,
        'drafts.ticket_id' as place,
        ticket_id as wanted,
    from drafts
    union all
    select
        from_ticket_id as ticket_id,
        'ticket_links.to_ticket_id' as place,
        to_ticket_id as wanted,
    from ticket_links
    union all
    select
        to_ticket_id as ticket_id,
        'ticket_links.from_ticket_id' as place,
        from_ticket_id as wanted,
    from ticket_links
)

select
    tickets.number,
    named.place,
    concat('ticket ', named.wanted) as found,
    'one that exists' as expected,
from named
left join tickets on named.ticket_id = tickets.id
anti join tickets as there on named.wanted = there.id
order by tickets.number, named.place, named.wanted;
