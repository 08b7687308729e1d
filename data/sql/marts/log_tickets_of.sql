-- grain: one row per ticket of the relation named `log` with an event before as_of, with its instants as they were then
create or replace macro log_tickets_of(as_of, log) as table
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
    ),

    decided as (
        select
            ticket_id,
            count(*) as decisions_count,
            count(*) filter (where is_auto) as auto_decisions_count
        from log_decisions_of(as_of, log)
        group by ticket_id
    )

    select
        grouped.ticket_id,
        tickets.number,
        tickets.seller_id,
        tickets.team_id,
        tickets.channel,
        tickets.source <> '' as is_imported,
        grouped.events_count,
        grouped.reopened_steps_count,
        coalesce(replied.replies_count, 0) as replies_count,
        coalesce(turned.turns_count, 0) as turns_count,
        coalesce(turned.replied_turns_count, 0) as replied_turns_count,
        coalesce(turned.replied_microseconds, 0) as replied_microseconds,
        coalesce(decided.decisions_count, 0) as decisions_count,
        coalesce(decided.auto_decisions_count, 0) as auto_decisions_count,
        grouped.opened_at,
        grouped.last_event_at,
        grouped.first_message_at,
        grouped.asked_at,
        replied.first_reply_at,
        grouped.first_resolved_at,
        grouped.last_resolved_at,
        grouped.first_settled_at,
        grouped.state_entered_at,
        grouped.category,
        grouped.is_moved,
        grouped.state,
        ['open', 'waiting', 'platform', 'done', 'final'][coalesce(grouped.last_visit % 8, 1)] as kind,
        coalesce(grouped.last_visit % 8, 1) <= 3 as is_open,
    from grouped
    inner join tickets on grouped.ticket_id = tickets.id
    left join replied on grouped.ticket_id = replied.ticket_id
    left join log_turns_of(as_of, log) as turned on grouped.ticket_id = turned.ticket_id
    left join decided on grouped.ticket_id = decided.ticket_id;
