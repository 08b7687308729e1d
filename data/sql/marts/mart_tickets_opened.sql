-- grain: one row per ticket opened in [since, until) with an event before as_of; a duration that is not reached is null
create or replace macro mart_tickets_opened(as_of, since, until) as table
    select
        seen.* exclude (last_resolved_at),
        epoch_us(last_event_at) - epoch_us(opened_at) as case_microseconds,
        epoch_us(first_reply_at) - epoch_us(asked_at) as first_reply_microseconds,
        epoch_us(as_of) - epoch_us(coalesce(asked_at, as_of)) as first_reply_age_microseconds,
        epoch_us(first_resolved_at) - epoch_us(opened_at) as first_resolution_microseconds,
        epoch_us(first_settled_at) - epoch_us(opened_at) as first_settling_microseconds,
        if(is_open, null, epoch_us(last_resolved_at) - epoch_us(opened_at)) as full_resolution_microseconds,
        epoch_us(as_of) - epoch_us(opened_at) as age_microseconds,
    from int_tickets_opened(as_of, since, until) as seen;
