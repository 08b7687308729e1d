-- grain: one row per ticket and policy row that a timer or an event of it names and that is not there
with

named as (
    select
        ticket_id,
        policy_id,
        'tickets.timers' as place,
        null as seq,
    from stg_timers
    union all
    select
        ticket_id,
        payload ->> 'policy_id' as policy_id,
        'events.payload' as place,
        seq,
    from events
    where contains(payload, '"policy_id"')
    union all
    select
        ticket_id,
        unnest(payload ->> '$.timers[*].policy_id') as policy_id,
        'events.payload' as place,
        seq,
    from events
    where contains(payload, '"policy_id"')
),

missing as (
    select
        named.ticket_id,
        named.policy_id,
        named.place,
        min(named.seq) as first_seq,
    from named
    anti join policy_rows on named.policy_id = policy_rows.id
    where named.policy_id <> ''
    group by named.ticket_id, named.policy_id, named.place
)

select
    tickets.number,
    concat(missing.place, ' of event ' || missing.first_seq) as place,
    concat('policy ', missing.policy_id) as found,
    'one that exists' as expected,
from missing
left join tickets on missing.ticket_id = tickets.id
order by tickets.number, place, found;
