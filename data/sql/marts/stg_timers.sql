-- grain: one row per timer of a ticket; none is due before the ticket's `next_due_at`, so a bound on that saves reading
create or replace view stg_timers (ticket_id, next_due_at, trigger, clock, anchor_at, due_at, policy_id) as
with

written as (
    select
        id,
        next_due_at,
        unnest(timers -> '$[*]') as timer,
    from tickets
    where next_due_at is not null
),

read_once as (
    select
        id,
        next_due_at,
        timer ->> ['trigger', 'clock', 'anchor_at', 'due_at', 'policy_id'] as attributes,
    from written
)

select
    id,
    next_due_at,
    attributes[1] as fires,
    attributes[2] as clock,
    cast(attributes[3] as timestamp) as anchor_at,
    cast(attributes[4] as timestamp) as due_at,
    attributes[5] as policy_id,
from read_once;
