-- grain: as int_ticket_times, where everything is kept up to the newest event
create or replace macro kept.int_ticket_times(as_of, since, until) as table
    -- Of a ticket that went on later the kept row tells how it stood, unless it was settled by then, changed its
    -- category or was not asked at its opening.
    with opened as not materialized (
        select
            *,
            last_event_at < as_of as is_over,
            is_over or (
                coalesce(first_settled_at >= as_of, true) and not is_moved and coalesce(asked_at = opened_at, false)
            ) as is_told,
        from kept_tickets
        where opened_at < as_of and opened_at >= since and opened_at < until
    ),

    untold as materialized (
        select
            ticket_id,
            opened_at,
        from opened
        where not is_told
    ),

    -- Without payloads, which are most of the log and say nothing of waits.
    untold_log as materialized (  -- noqa: ST03
        select * replace ('{}' as payload)
        from stg_log
        semi join untold using (ticket_id)
        where occurred_at < as_of and occurred_at >= (
            select coalesce(min(bound.opened_at), 'infinity') from untold as bound
        )
    )

    select
        category,
        seller_id,
        team_id,
        opened_at,
        if(asked_at < as_of, asked_at, null) as asked_at,
        if(first_reply_at < as_of, first_reply_at, null) as first_reply_at,
        if(first_resolved_at < as_of, first_resolved_at, null) as first_resolved_at,
        if(is_over, last_resolved_at, null) as last_resolved_at,
        is_open or not is_over as is_open,
    from opened
    where is_told
    union all by name
    select
        category,
        seller_id,
        team_id,
        opened_at,
        asked_at,
        first_reply_at,
        first_resolved_at,
        last_resolved_at,
        is_open,
    from log_tickets_of(as_of, 'untold_log');
