-- grain: one row per state of a ticket or of its log that no stored lifecycle knows, and per lifecycle without its row
with

seen as (
    select distinct
        category,
        lifecycle_version,
        to_state as state,
        to_kind as kind,
    from events
    union
    select distinct
        category,
        lifecycle_version,
        state,
        state_kind as kind,
    from tickets
),

unknown as (
    select seen.*
    from seen
    anti join lifecycle_states as known
        on
            seen.category = known.category
            and seen.lifecycle_version = known.version
            and seen.state = known.state
            and seen.kind = known.kind
),

placed as (
    select
        events.ticket_id,
        unknown.*,
        'events.to_state of event ' || min(events.seq) as place,
    from events
    inner join unknown
        on
            events.category = unknown.category
            and events.lifecycle_version = unknown.lifecycle_version
            and events.to_state = unknown.state
            and events.to_kind = unknown.kind
    group by all
    union all
    select
        tickets.id as ticket_id,
        unknown.*,
        'tickets.state' as place,
    from tickets
    inner join unknown
        on
            tickets.category = unknown.category
            and tickets.lifecycle_version = unknown.lifecycle_version
            and tickets.state = unknown.state
            and tickets.state_kind = unknown.kind
)

select
    tickets.number,
    placed.place,
    concat(placed.state, ' (', placed.kind, ')') as found,
    concat('a state of ', placed.category, ' version ', placed.lifecycle_version) as expected,
from placed
left join tickets on placed.ticket_id = tickets.id
order by tickets.number, placed.place, found;
