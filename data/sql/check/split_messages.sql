-- grain: one row per message that a split names and that is none of its ticket's, or that another split names, too
with

named as (
    select
        ticket_id,
        seq,
        unnest(from_json(payload -> 'split_message_ids', '["varchar"]')) as id,
    from events
    where kind = 'split' and contains(payload, '"split_message_ids"')
),

faults as (
    select
        named.ticket_id,
        named.seq,
        concat('messages ', named.id) as found,
        'one of this ticket' as expected,
    from named
    anti join messages on try_cast(named.id as uuid) = messages.id and named.ticket_id = messages.ticket_id
    union all
    select
        ticket_id,
        max(seq) as seq,
        concat('messages ', id, ' on ', count(*), ' splits') as found,
        'one split' as expected,
    from named
    group by ticket_id, id
    having count(*) > 1
)

select
    tickets.number,
    concat('events.payload of event ', faults.seq) as place,
    faults.found,
    faults.expected,
from faults
left join tickets on faults.ticket_id = tickets.id
order by tickets.number, faults.seq, faults.found;
