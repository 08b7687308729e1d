-- grain: one row per ticket that had an event before as_of; a duration that is not reached is null
create or replace macro mart_tickets(as_of) as table
    select
        seen.* exclude (last_resolved_at),
        tickets.number,
        tickets.seller_id,
        tickets.team_id,
        tickets.is_synthetic,
        epoch_us(seen.last_event_at) - epoch_us(seen.opened_at) as case_microseconds,
        epoch_us(first_reply_at) - epoch_us(seen.opened_at) as first_reply_microseconds,
        epoch_us(first_resolved_at) - epoch_us(seen.opened_at) as first_resolution_microseconds,
        if(is_open, null, epoch_us(last_resolved_at) - epoch_us(seen.opened_at)) as full_resolution_microseconds,
        epoch_us(as_of) - epoch_us(seen.opened_at) as age_microseconds,
    from int_tickets(as_of) as seen
    inner join tickets on seen.ticket_id = tickets.id;
