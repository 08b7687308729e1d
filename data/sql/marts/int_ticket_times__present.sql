-- grain: as int_ticket_times, where everything is kept and nothing happened at as_of or later
create or replace macro present.int_ticket_times(as_of, since, until) as table
    select
        category,
        seller_id,
        team_id,
        opened_at,
        asked_at,
        first_reply_at,
        first_resolved_at,
        last_resolved_at,
        is_open,
    from kept_tickets
    where opened_at < as_of and opened_at >= since and opened_at < until;
