-- grain: one row per ticket as it stands, with what the queue's views ask of it at this_moment
create or replace macro mart_queue(this_moment, soon_at) as table
    with judged as (
        select
            *,
            state_kind not in ('done', 'final') as is_open,
            assignee_id = '' as is_unassigned,
        from tickets
    )

    select
        id,
        number,
        category,
        state,
        state_kind as kind,
        ball,
        priority,
        channel,
        language,
        seller_id,
        product_id,
        order_id,
        posting_number,
        external_ref,
        opened_at,
        state_entered_at,
        last_event_at,
        next_due_at,
        next_trigger,
        assignee_id,
        team_id,
        version,
        is_synthetic,
        is_open,
        is_open and is_unassigned as is_open_unassigned,
        is_open and ball = 'seller' as is_ours,
        is_open and ball <> 'seller' as is_waiting,
        is_open and ball = 'buyer' as is_with_buyer,
        state_kind = 'platform' as is_with_platform,
        is_open and coalesce(next_due_at <= this_moment, false) as is_overdue,
        is_open and coalesce(next_due_at < soon_at, false) as is_due_soon,
    from judged;
