-- grain: one row per ticket that had an event before as_of, with its instants as they were then
create or replace macro int_tickets(as_of) as table
    with grouped as (
        select
            ticket_id,
            count(*) as events_count,
            count(*) filter (where is_reopening) as reopened_steps_count,
            min(occurred_at) as opened_at,
            max(occurred_at) as last_event_at,
            min(occurred_at) filter (where is_public_reply) as first_reply_at,
            min(occurred_at) filter (where is_resolution) as first_resolved_at,
            max(occurred_at) filter (where is_resolution) as last_resolved_at,
            max(occurred_at) filter (where is_visit) as state_entered_at,
            coalesce(any_value(last_category), any_value(category)) as category,
            coalesce(arg_max(to_state, step) filter (where is_visit), '') as state,
            -- The kind of the last visit, as a number below its step: a third of the cost of arg_max on texts.
            max(
                step * 8
                + case to_kind
                    when 'waiting' then 2 when 'platform' then 3 when 'done' then 4 when 'final' then 5 else 1
                end
            ) filter (where is_visit) as last_visit,
        from int_events(as_of)
        group by ticket_id
    )

    select
        * exclude (last_visit),
        ['open', 'waiting', 'platform', 'done', 'final'][coalesce(last_visit % 8, 1)] as kind,
        coalesce(last_visit % 8, 1) <= 3 as is_open,
    from grouped;
