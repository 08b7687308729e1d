-- grain: one row per record that names another one which is not there
with

named as (
    select
        ticket_id,
        'events.payload of event ' || seq as place,
        'message ' || unnest(from_json(payload -> 'message_ids', '["varchar"]')) as wanted,
    from events
    where json_exists(payload, '$.message_ids')
    union all
    select
        ticket_id,
        'events.payload of event ' || seq as place,
        'evidence ' || unnest(from_json(payload -> 'evidence_ids', '["varchar"]')) as wanted,
    from events
    where json_exists(payload, '$.evidence_ids')
    union all
    select
        ticket_id,
        'events.payload of event ' || seq as place,
        'ticket ' || (payload ->> 'linked_ticket_id') as wanted,
    from events
    where coalesce(payload ->> 'linked_ticket_id', '') <> ''
    union all
    select
        ticket_id,
        'messages.ticket_id' as place,
        'ticket ' || ticket_id as wanted,
    from messages
    union all
    select
        ticket_id,
        'evidence.ticket_id' as place,
        'ticket ' || ticket_id as wanted,
    from evidence
    union all
    select
        ticket_id,
        'claims.ticket_id' as place,
        'ticket ' || ticket_id as wanted,
    from claims
    union all
    select
        ticket_id,
        'timers.ticket_id' as place,
        'ticket ' || ticket_id as wanted,
    from timers
    union all
    select
        from_ticket_id as ticket_id,
        'ticket_links.to_ticket_id' as place,
        'ticket ' || to_ticket_id as wanted,
    from ticket_links
    union all
    select
        to_ticket_id as ticket_id,
        'ticket_links.from_ticket_id' as place,
        'ticket ' || from_ticket_id as wanted,
    from ticket_links
),

there as (
    select 'ticket ' || id as known
    from tickets
    union all
    select 'message ' || id as known
    from messages
    union all
    select 'evidence ' || id as known
    from evidence
)

select
    tickets.number,
    named.place,
    named.wanted as found,
    'one that exists' as expected,
from named
left join tickets on named.ticket_id = tickets.id
anti join there on named.wanted = there.known
order by tickets.number, named.place, named.wanted;
