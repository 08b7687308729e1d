-- grain: one row per ticket that is sought as it stands, with what the queue's views ask of it
-- `asked` is as `QueueFilter.parameters` makes it.
-- Clocks are the lifecycle's and the service targets'; of a history from elsewhere the latter once it is taken over.
create or replace macro mart_queue(asked) as table
    with targets as (
        select *
        from mart_first_targets(asked['judged_up_to'])
        where asked['view'] not in ('recent', 'settled')  -- what is settled has none
    ),

    judged as (
        select
            tickets.*,
            state_kind not in ('done', 'final') as is_open,
            assignee_id = '' as is_unassigned,
            if(is_open and (source = '' or contains(cast(flags as varchar), '"taken_over"')), first_target, null)
                as own_target,
            make_timestamp(own_target // 8) as target_due_at,
        from int_tickets_sought(asked) as tickets
        left join targets on tickets.number = targets.number
    ),

    -- A step for each word that another one needs: named within one step, it would be planned as often as it is needed.
    timed as (
        select
            *,
            least(next_due_at, target_due_at) as nearest_due_at,
            int_written_to(state_kind, flags, last_event_at, asked['written_since']) as is_written_to,
        from judged
    ),

    late as (
        select
            *,
            int_overdue(
                is_open,
                nearest_due_at,
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
                ),
                asked['now']
            ) as is_overdue,
        from timed
    )

    select
        * rename (state_kind as kind),
        is_open and is_unassigned as is_open_unassigned,
        is_open and ball = 'seller' as is_ours,
        is_open and ball <> 'seller' as is_waiting,
        is_open and ball = 'buyer' as is_with_buyer,
        state_kind = 'platform' as is_with_platform,
        -- Which target that is, by its place among the kinds; 0 where it is the lifecycle's clock.
        if(target_due_at < next_due_at or next_due_at is null, coalesce(own_target % 8, 0), 0) as nearest_target_place,
        int_due_soon(is_open, is_overdue, is_written_to, nearest_due_at, asked['soon_at']) as is_due_soon,
    from late;
