-- grain: one row per state of a ticket or of its log that no stored lifecycle knows
with

seen as (
    select
        ticket_id,
        category,
        lifecycle_version,
        to_state as state,
        to_kind as kind,
        'events.to_state' as place,
        min(seq) as seq,
    from events
    group by ticket_id, category, lifecycle_version, to_state, to_kind
    union all
    select
        id as ticket_id,
        category,
        lifecycle_version,
        state,
        state_kind as kind,
        'tickets.state' as place,
        null as seq,
    from tickets
)

select
    tickets.number,
    concat(seen.place, ' of event ' || seen.seq) as place,
    concat(seen.state, ' (', seen.kind, ')') as found,
    concat('a state of ', seen.category, ' version ', seen.lifecycle_version) as expected,
from seen
left join tickets on seen.ticket_id = tickets.id
anti join lifecycle_states as known
    on
        seen.category = known.category
        and seen.lifecycle_version = known.version
        and seen.state = known.state
        and seen.kind = known.kind
order by tickets.number, place, found;
