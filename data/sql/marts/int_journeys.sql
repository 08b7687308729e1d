-- grain: one row per ticket opened in [since, until) that visited a state before as_of, with its visits until then
create or replace macro int_journeys(as_of, since, until) as table
    with unchanged as not materialized (
        select *
        from kept_journeys
        anti join int_changed_tickets using (ticket_id)
        where opened_at < as_of and opened_at >= since and opened_at < until
    ),

    unkept as materialized (
        select
            ticket_id,
            opened_at,
        from unchanged
        where last_entered_at >= as_of
        union all
        select
            ticket_id,
            opened_at,
        from int_changed_tickets
        where opened_at < as_of and opened_at >= since and opened_at < until
    ),

    unkept_log as materialized (  -- noqa: ST03
        select *
        from stg_log
        semi join unkept using (ticket_id)
        where occurred_at < as_of and occurred_at >= (
            select coalesce(min(bound.opened_at), 'infinity') from unkept as bound
        )
    )

    select *
    from unchanged
    where last_entered_at < as_of
    union all by name
    select *
    from log_journeys_of(as_of, 'unkept_log', 'int_state_numbers');
