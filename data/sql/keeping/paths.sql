-- grain: one row: whether all of the log is kept, and whether nothing happened at as_of or later
with newest as (
    select
        (select coalesce(max(position), 0) from events) as position,
        (
            select max(cast(value as bigint)) from settings
            where key = 'kept_up_to'
        ) as kept_up_to,
        greatest(
            (select max(last_event_at) from kept_tickets), (select max(linked_at) from ticket_links)
        ) as last_event_at,
)

select
    coalesce(position <= kept_up_to, false) as is_kept,
    is_kept and coalesce(last_event_at < $as_of, true) as is_present,
from newest;
