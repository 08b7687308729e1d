-- grain: one row per target that is judged anew because its ticket went on after the horizon: filled from `incoming`
create or replace temp table rejudged_targets as
with last_events as (
    select
        ticket_id,
        max(occurred_at) as last_event_at,
    from events
    where occurred_at < $as_of and ticket_id in (select incoming.ticket_id::uuid from incoming)
    group by ticket_id
)

select
    incoming.ticket_id::uuid as ticket_id,
    target_kind::varchar as target_kind,
    incoming.state::varchar as state,
    turn::integer as turn,
    policy_version::integer as policy_version,
    policy_id::varchar as policy_id,
    calendar_id::varchar as calendar_id,
    budget_microseconds,
    started_at,
    ended_at,
    ending::varchar as ending,
    due_at,
    counted_microseconds,
    is_paused,
    lenient_due_at,
    pause_microseconds,
    excess_pause_microseconds,
    incoming.category::varchar as category,
    incoming.priority::varchar as priority,
    incoming.assignee_id::varchar as assignee_id,
    tickets.number,
    tickets.seller_id,
    tickets.team_id,
    last_events.last_event_at,
from incoming
inner join tickets on incoming.ticket_id::uuid = tickets.id
inner join last_events on tickets.id = last_events.ticket_id;
