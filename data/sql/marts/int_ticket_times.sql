-- grain: one row per ticket opened in [since, until) with an event before as_of: those of its instants that are waits
create or replace macro int_ticket_times(as_of, since, until) as table
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
    from int_tickets_opened(as_of, since, until);
