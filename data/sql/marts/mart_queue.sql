-- grain: one row per ticket that is sought as it stands, with what the queue's views ask of it
-- `asked` is as `QueueFilter.parameters` makes it.
-- Clocks are the lifecycle's and the service targets'; of a history from elsewhere the latter once it is taken over.
create or replace macro mart_queue(asked) as table
    with judged as (
        select
            tickets.*,
            state_kind not in ('done', 'final') as is_open,
            assignee_id = '' as is_unassigned,
            if(is_open and (source = '' or contains(cast(flags as varchar), '"taken_over"')), first_target, null)
                as own_target,
            make_timestamp(own_target // 8) as target_due_at,
        from int_tickets_sought(asked) as tickets
        left join mart_first_targets(asked['judged_up_to']) as targets on tickets.number = targets.number
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
        least(next_due_at, target_due_at) as nearest_due_at,
        -- Which target that is, by its place among the kinds; 0 where it is the lifecycle's clock.
        if(target_due_at < next_due_at or next_due_at is null, coalesce(own_target % 8, 0), 0) as nearest_target_place,
        -- By `if`, so that the flags are read only of what is open and no clock has made late.
        if(
            not is_open or nearest_due_at <= asked['now'],
            is_open,
            int_overdue_trigger(
                state_kind,
                flags,
                spent,
                clocks,
                ball,
                state_entered_at,
                category,
                lifecycle_version,
                asked['breaches']
            ) <> ''
        ) as is_overdue,
        int_written_to(state_kind, flags, last_event_at, asked['written_since']) as is_written_to,
        is_overdue or is_written_to or is_open and coalesce(nearest_due_at < asked['soon_at'], false) as is_due_soon,
    from judged;
