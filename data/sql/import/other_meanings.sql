-- grain: one row per state or activity whose earlier events keep another meaning than the mapping gives it now
with

kept as (
    select events.*
    from plan_cases
    inner join events on plan_cases.known_id = events.ticket_id
    where starts_with(events.recorded_by, 'import:')
),

meanings as (
    select
        'the state ' || kept.to_state as name,
        kept.to_kind || ' with the ball at ' || kept.to_ball as kept_as,
        state_meanings.kind || ' with the ball at ' || state_meanings.ball as said_now,
    from kept
    inner join importing.state_meanings on kept.to_state = state_meanings.to_state
    where kept.kind = 'observed' and (kept.to_kind <> state_meanings.kind or kept.to_ball <> state_meanings.ball)
    union all
    select
        'the activity ' || kept.name as name,
        if(kept.is_public_reply, 'a public reply', 'no public reply') as kept_as,
        if(kept.is_public_reply, 'no public reply', 'a public reply') as said_now,
    from kept
    left join importing.activity_meanings on kept.name = activity_meanings.activity
    where kept.is_public_reply <> coalesce(activity_meanings.is_public_reply, false)
)

select
    name,
    kept_as,
    said_now,
    count(*) as event_count,
from meanings
group by name, kept_as, said_now
order by name, kept_as;
