-- grain: one row per ticket with a service target that has a deadline and runs, or was missed and goes on: the first
-- What happened after judged_up_to, the position up to which targets are kept, ends what it surely ends: a reply those
-- of replies, a visit those of the state before. Whatever begins by it is here with the next judging.
create or replace macro mart_first_targets(judged_up_to) as table
    with since as (
        select
            ticket_id,
            max(occurred_at) filter (where is_public_reply) as replied_at,
            max(occurred_at) filter (where is_visit) as moved_at,
        from events
        where position > judged_up_to and (is_public_reply or is_visit)
        group by ticket_id
    )

    select
        kept_targets.number,
        -- The deadline with the kind below it: two thirds of what arg_min on texts costs.
        min(
            epoch_us(kept_targets.due_at) * 8
            + list_position(
                ['first_reply', 'next_reply', 'time_in_state', 'requester_wait', 'full_resolution'],
                kept_targets.target_kind
            )
        ) as first_target,
    from kept_targets
    left join since on kept_targets.ticket_id = since.ticket_id
    where
        kept_targets.ended_at is null
        and kept_targets.due_at is not null
        and coalesce(
            case kept_targets.target_kind
                when 'first_reply' then since.replied_at
                when 'next_reply' then since.replied_at
                when 'time_in_state' then since.moved_at
            end < kept_targets.started_at,
            true
        )
    group by kept_targets.number;
