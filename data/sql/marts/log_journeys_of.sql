-- grain: one row per ticket of the relation named `log` that visited a state before as_of: its visits in order
-- `numbers` names the relation that numbers the states (as int_state_numbers).
create or replace macro log_journeys_of(as_of, log, numbers) as table
    with numbered as (
        select
            known.ticket_id,
            known.step,
            known.is_visit,
            known.occurred_at,
            known.left_microseconds,
            numbered.state_number,
        from int_events_of(as_of, log) as known
        left join query_table(numbers) as numbered
            on known.is_visit and known.category = numbered.category and known.to_state = numbered.state
    )

    select
        ticket_id,
        min(occurred_at) as opened_at,
        max(occurred_at) filter (where is_visit) as last_entered_at,
        list(state_number order by step) filter (where is_visit) as state_numbers,
        -- The time in a state is told by the visit after it.
        list_append(list(left_microseconds order by step) filter (where is_visit)[2:], null)
            as stay_microseconds,
    from numbered
    group by ticket_id
    having last_entered_at is not null;
