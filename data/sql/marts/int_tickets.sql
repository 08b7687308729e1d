-- grain: one row per ticket that had an event before as_of, with its instants as they were then
create or replace macro int_tickets(as_of) as table
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
        coalesce(arg_max(category, step) filter (where is_visit), min(category)) as category,
        coalesce(arg_max(to_state, step) filter (where is_visit), '') as state,
        coalesce(arg_max(to_kind, step) filter (where is_visit), 'open') as kind,
    from int_events(as_of)
    group by ticket_id;
