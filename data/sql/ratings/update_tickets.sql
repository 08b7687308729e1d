-- The tickets that were rated have as many events more. Same shape as store/update_ticket.
with

rated as (
    select
        ticket_id,
        cast(count(*) as integer) as events_count,
        max(rated_at) as last_at,
    from judged_ratings
    where refusal is null and not is_known
    group by ticket_id
)

update tickets
set
    version = tickets.version + rated.events_count,
    last_event_at = greatest(tickets.last_event_at, rated.last_at)
from rated
where tickets.id = rated.ticket_id;
