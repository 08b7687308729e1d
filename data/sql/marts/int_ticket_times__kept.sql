-- grain: as int_ticket_times, where everything is kept up to the newest event
create or replace macro kept.int_ticket_times(as_of, since, until) as table
    -- Of a ticket that went on later the kept row tells how it stood: open until it was settled first, and settled from
    -- then on if it was never reopened. Not told are several resolutions around as_of, a changed category, and a ticket
    -- that was not asked at its opening.
    with opened as not materialized (
        select
            *,
            last_event_at < as_of as is_over,
            coalesce(first_settled_at < as_of, false) as is_settled,
            coalesce(last_resolved_at >= as_of and first_resolved_at < as_of, false) as is_resolved_anew,
            is_over or (
                (not is_settled or (reopened_steps_count = 0 and not is_resolved_anew))
                and not is_moved
                and coalesce(asked_at = opened_at, false)
            ) as is_told,
        from kept_tickets
        where opened_at < as_of and opened_at >= since and opened_at < until
    ),

    untold as materialized (
        select ticket_id
        from opened
        where not is_told
    ),

    -- Without payloads, which are most of the log and say nothing of waits, and without what is older than the period:
    -- no ticket's log begins before it was opened. A bound that is given spares reading, one that is found does not.
    untold_log as materialized (  -- noqa: ST03
        select * replace ('{}' as payload)
        from stg_log
        semi join untold using (ticket_id)
        where occurred_at < as_of and occurred_at >= since
    )

    select
        category,
        seller_id,
        team_id,
        opened_at,
        if(asked_at < as_of, asked_at, null) as asked_at,
        if(first_reply_at < as_of, first_reply_at, null) as first_reply_at,
        if(first_resolved_at < as_of, first_resolved_at, null) as first_resolved_at,
        if(last_resolved_at < as_of, last_resolved_at, null) as last_resolved_at,
        if(is_over, is_open, not is_settled) as is_open,
    from opened
    where is_told
    union all by name
    select
        timed.category,
        tickets.seller_id,
        tickets.team_id,
        timed.opened_at,
        timed.asked_at,
        timed.first_reply_at,
        timed.first_resolved_at,
        timed.last_resolved_at,
        coalesce(timed.last_visit % 8, 1) <= 3 as is_open,
    from log_times_of(as_of, 'untold_log') as timed
    inner join tickets on timed.ticket_id = tickets.id;
