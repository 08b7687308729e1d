-- grain: one row per ticket whose log has a gap, is missing, or belongs to no ticket
with

logs as (
    select
        ticket_id,
        count(*) as event_count,
        min(seq) as first_seq,
        max(seq) as last_seq,
    from events
    group by ticket_id
),

compared as (
    select
        tickets.number,
        logs.ticket_id,
        logs.first_seq,
        logs.last_seq,
        logs.event_count,
        tickets.version,
        tickets.id as known_id,
    from logs
    full join tickets on logs.ticket_id = tickets.id
)

select
    number,
    'events.seq' as place,
    case
        when ticket_id is null then 'no event'
        when known_id is null then concat(event_count, ' events of ticket ', ticket_id)
        else concat(event_count, ' events from ', first_seq, ' to ', last_seq)
    end as found,
    case when known_id is null then 'a ticket' else concat('1 to ', version, ' without a gap') end as expected,
from compared
where
    ticket_id is null
    or known_id is null
    or first_seq <> 1
    or last_seq <> event_count
    or last_seq <> version
order by number, ticket_id;
