-- grain: one row per message, file of evidence or claim that is not as the log names it
with

pairs as (
    select
        named.*,
        kept.ticket_id as kept_by,
        kept.kind as kept_kind,
        kept.id is null as is_missing,
    from named_records as named
    left join kept_records as kept on named.part = kept.part and named.id = kept.id
),

faults as (
    select
        ticket_id,
        concat('events.payload of event ', seq) as place,
        concat(part, ' ', id) as found,
        'one that exists' as expected,
    from pairs
    where is_missing
    union all
    select
        ticket_id,
        concat(part, '.ticket_id') as place,
        concat(kept_by, ' for ', id) as found,
        concat(ticket_id, ', whose event ', seq, ' names it') as expected,
    from pairs
    where kept_by <> ticket_id
    union all
    select
        ticket_id,
        concat(part, '.kind') as place,
        concat(kept_kind, ' for ', id) as found,
        concat(kind, ', as event ', seq, ' says') as expected,
    from pairs
    where not is_missing and kind is distinct from kept_kind
    union all
    select
        kept.ticket_id,
        concat(kept.part, '.id') as place,
        kept.id as found,
        'one that an event names' as expected,
    from kept_records as kept
    anti join named_records as named on kept.part = named.part and kept.id = named.id
    union all
    select
        ticket_id,
        concat('events.payload of event ', max(seq)) as place,
        concat(part, ' ', id, ' on ', count(*), ' events') as found,
        'one event' as expected,
    from named_records
    where part <> 'claims'
    group by ticket_id, part, id
    having count(*) > 1
)

select
    tickets.number,
    faults.place,
    faults.found,
    faults.expected,
from faults
left join tickets on faults.ticket_id = tickets.id
order by tickets.number, faults.place, faults.found;
