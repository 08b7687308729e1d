-- grain: one row per ticket of the relation named `log` with an event before as_of, with its instants as they were then
create or replace macro log_tickets_of(as_of, log) as table
    select
        timed.ticket_id,
        tickets.number,
        tickets.seller_id,
        tickets.team_id,
        tickets.channel,
        tickets.source <> '' as is_imported,
        timed.events_count,
        timed.reopened_steps_count,
        timed.replies_count,
        coalesce(turned.turns_count, 0) as turns_count,
        coalesce(turned.replied_turns_count, 0) as replied_turns_count,
        coalesce(turned.replied_microseconds, 0) as replied_microseconds,
        coalesce(decided.decisions_count, 0) as decisions_count,
        coalesce(decided.auto_decisions_count, 0) as auto_decisions_count,
        timed.opened_at,
        timed.last_event_at,
        timed.first_message_at,
        timed.asked_at,
        timed.first_reply_at,
        timed.first_resolved_at,
        timed.last_resolved_at,
        timed.first_settled_at,
        timed.state_entered_at,
        timed.category,
        timed.is_moved,
        timed.state,
        ['open', 'waiting', 'platform', 'done', 'final'][coalesce(timed.last_visit % 8, 1)] as kind,
        coalesce(timed.last_visit % 8, 1) <= 3 as is_open,
        timed.is_escalated,
    from log_times_of(as_of, log) as timed
    inner join tickets on timed.ticket_id = tickets.id
    left join log_turns_of(as_of, log) as turned on timed.ticket_id = turned.ticket_id
    left join log_decided_of(as_of, log) as decided on timed.ticket_id = decided.ticket_id;
