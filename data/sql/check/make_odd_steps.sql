-- grain: one row per event that does not fit the one before it; `chain`, `visits` and `moments` say in what
-- A history from elsewhere that arrived out of order is left out: its steps are rewoven by time whenever they are read.
create or replace temp table odd_steps as
with

steps as (
    select
        ticket_id,
        seq,
        kind,
        from_state,
        from_kind,
        to_ball,
        is_visit,
        occurred_at,
        recorded_at,
        state_seconds,
        from_state <> to_state or category <> lag(category, 1, category) over log as is_move,
        coalesce(lag(to_state) over log, '') as left_state,
        coalesce(lag(to_kind) over log, '') as left_kind,
        lag(to_ball) over log as left_ball,
        lag(recorded_at) over log as told_at,
        last_value(case when is_visit then occurred_at end ignore nulls) over before as entered_at,
        max(occurred_at) over before as latest_at,
    from events
    window
        log as (partition by ticket_id order by seq),
        before as (partition by ticket_id order by seq rows between unbounded preceding and 1 preceding)
),

rewoven as (
    select distinct ticket_id
    from steps
    where kind = 'observed' and latest_at > occurred_at
),

judged as (
    select
        *,
        kind = 'observed' as is_observed,
        seq = 1 or is_move as is_entry,
        case when is_visit and seq > 1 then epoch_us(occurred_at) - epoch_us(entered_at) end / 1000000 as real_seconds,
        from_state <> left_state or from_kind <> left_kind as is_torn,
    from steps
    anti join rewoven using (ticket_id)
)

select *
from judged
where
    is_torn
    or state_seconds is distinct from real_seconds
    or is_visit <> is_entry and not (is_visit and is_observed)
    or not is_entry and not is_observed and to_ball <> left_ball
    or recorded_at < told_at - interval 1 minute
    or occurred_at > recorded_at and not is_observed;
