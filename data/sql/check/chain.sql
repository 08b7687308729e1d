-- grain: one row per event that does not begin where the event before it ended, or that misstates the time spent there
-- A history from elsewhere that arrived out of order is left out: its steps are rewoven by time whenever they are read.
with

steps as (
    select
        ticket_id,
        seq,
        kind,
        is_visit,
        from_state,
        from_kind,
        occurred_at,
        state_seconds,
        coalesce(lag(to_state) over log, '') as left_state,
        coalesce(lag(to_kind) over log, '') as left_kind,
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

compared as (
    select
        *,
        not(from_state = left_state and from_kind = left_kind) as is_torn,
        case when is_visit and seq > 1 then epoch_us(occurred_at) - epoch_us(entered_at) end / 1000000 as real_seconds,
    from steps
    anti join rewoven using (ticket_id)
)

select
    tickets.number,
    concat('events.', case when is_torn then 'from_state' else 'state_seconds' end, ' of event ', compared.seq)
        as place,
    case when is_torn then concat(from_state, ' (', from_kind, ')') else cast(state_seconds as varchar) end as found,
    case when is_torn then concat(left_state, ' (', left_kind, ')') else cast(real_seconds as varchar) end as expected,
from compared
left join tickets on compared.ticket_id = tickets.id
where is_torn or state_seconds is distinct from real_seconds
order by tickets.number, compared.seq;
