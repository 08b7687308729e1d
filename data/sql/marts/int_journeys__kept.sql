-- grain: as int_journeys, where everything is kept up to the newest event
create or replace macro kept.int_journeys(as_of, since, until) as table
    with opened as not materialized (
        select *
        from kept_journeys
        where opened_at < as_of and opened_at >= since and opened_at < until
    ),

    under_way as materialized (
        select
            ticket_id,
            opened_at,
        from opened
        where last_entered_at >= as_of
    ),

    under_way_log as materialized (  -- noqa: ST03
        select *
        from stg_log
        semi join under_way using (ticket_id)
        where occurred_at < as_of and occurred_at >= (
            select coalesce(min(bound.opened_at), 'infinity') from under_way as bound
        )
    )

    select *
    from opened
    where last_entered_at < as_of
    union all by name
    select *
    from log_journeys_of(as_of, 'under_way_log', 'kept_states');
