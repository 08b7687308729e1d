-- grain: one row per ticket with an event that is newer than what is kept of the log, and when it was opened
create or replace view int_changed_tickets as
with newer as (
    select
        ticket_id,
        min(occurred_at) as earliest_at,
    from events
    where
        position > (
            select coalesce(max(cast(value as bigint)), 0)
            from settings
            where key = 'kept_up_to'
        )
    group by ticket_id
)

select
    newer.ticket_id,
    least(newer.earliest_at, kept_tickets.opened_at) as opened_at,
from newer
left join kept_tickets using (ticket_id);
