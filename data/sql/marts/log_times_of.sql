-- grain: one row per ticket of the relation named `log` with an event before as_of: its instants as they were then
create or replace macro log_times_of(as_of, log) as table
    with grouped as materialized (
        select
            ticket_id,
            count(*) as events_count,
            count(*) filter (where is_reopening) as reopened_steps_count,
            min(occurred_at) as opened_at,
            max(occurred_at) as last_event_at,
            min(occurred_at) filter (where is_buyer_message) as first_message_at,
            if(bool_or(is_opening), first_message_at, opened_at) as asked_at,
            min(occurred_at) filter (where is_resolution) as first_resolved_at,
            max(occurred_at) filter (where is_resolution) as last_resolved_at,
            min(occurred_at) filter (where is_visit and to_kind in ('done', 'final')) as first_settled_at,
            max(occurred_at) filter (where is_visit) as state_entered_at,
            coalesce(bool_or(is_visit and to_kind = 'platform'), false) as is_escalated,
            coalesce(any_value(last_category), min(category)) as category,
            min(category) < max(category) as is_moved,
            coalesce(arg_max(to_state, step) filter (where is_visit), '') as state,
            -- The kind of the last visit below its step: a third of the cost of arg_max on texts.
            max(
                step * 8 + coalesce(list_position(['open', 'waiting', 'platform', 'done', 'final'], to_kind), 1)
            ) filter (where is_visit) as last_visit,
        from int_events_of(as_of, log)
        group by ticket_id
    ),

    replied as (
        select
            ticket_id,
            min(replies.occurred_at) filter (where replies.occurred_at >= grouped.asked_at) as first_reply_at,
            count(*) filter (where replies.occurred_at <= coalesce(grouped.first_resolved_at, as_of)) as replies_count,
        from query_table(log) as replies
        inner join grouped using (ticket_id)
        where replies.is_public_reply and replies.occurred_at < as_of
        group by ticket_id
    )

    select
        grouped.*,
        replied.first_reply_at,
        coalesce(replied.replies_count, 0) as replies_count,
    from grouped
    left join replied using (ticket_id);
