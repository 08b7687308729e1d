-- grain: one row per decision of a claim before as_of (DECISIONS: Auto-approved share)
create or replace macro int_decisions(as_of) as table
    with claimed as (
        select
            ticket_id,
            category,
            occurred_at as decided_at,
            actor_role,
            coalesce(cast(json_extract(payload, '$.stops') as varchar[]), []) as stopped,
            list_contains(coalesce(cast(json_extract(payload, '$.raises') as varchar[]), []), 'auto_approved')
                as is_auto,
        from events
        where
            is_visit
            and occurred_at < as_of
            and (
                contains(cast(payload as varchar), '"decision"')
                or contains(cast(payload as varchar), '"auto_approve"')
            )
    )

    select
        claimed.ticket_id,
        tickets.seller_id,
        tickets.team_id,
        claimed.category,
        claimed.decided_at,
        claimed.is_auto,
    from claimed
    inner join tickets on claimed.ticket_id = tickets.id
    where
        list_contains(claimed.stopped, 'decision')
        or (
            list_contains(claimed.stopped, 'auto_approve')
            and (claimed.actor_role = 'seller_agent' or claimed.is_auto)
        );
