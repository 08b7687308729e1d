-- grain: one row per ticket as it stands, with what the queue's views ask of it at this_moment
-- Clocks are the lifecycle's and the service targets'; of a history from elsewhere the latter once it is taken over.
create or replace macro mart_queue(this_moment, soon_at, judged_up_to) as table
    with judged as (
        select
            tickets.*,
            state_kind not in ('done', 'final') as is_open,
            assignee_id = '' as is_unassigned,
            if(
                state_kind not in ('done', 'final')
                and (source = '' or contains(cast(flags as varchar), '"taken_over"')),
                first_target,
                null
            ) as own_target,
            make_timestamp(own_target // 8) as target_due_at,
            int_written_to(state_kind, flags, last_event_at, this_moment) as is_written_to,
            int_overdue_trigger(flags, spent, clocks, ball, state_entered_at) as overdue_trigger,
        from tickets
        left join mart_first_targets(judged_up_to) as targets on tickets.number = targets.number
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
        -- Which target that is, empty where it is the lifecycle's clock.
        if(
            target_due_at < next_due_at or next_due_at is null,
            coalesce(
                ['first_reply', 'next_reply', 'time_in_state', 'requester_wait', 'full_resolution'][own_target % 8], ''
            ),
            ''
        ) as nearest_target_kind,
        case when is_open then overdue_trigger when is_written_to then 'buyer_wrote_again' else '' end
            as overdue_trigger,
        is_open and (coalesce(nearest_due_at <= this_moment, false) or overdue_trigger <> '') as is_overdue,
        is_written_to
        or is_open and (coalesce(nearest_due_at < soon_at, false) or overdue_trigger <> '') as is_due_soon,
    from judged;
