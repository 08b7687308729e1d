-- grain: one row per ticket whose targets are out of date: something happened, or a clock or policy was published
create or replace temp table changed_tickets as
with happened as (
    select ticket_id
    from events
    where position > $kept_up_to and position <= $newest
)

select ticket_id
from happened
union
-- A duplicate gives the ticket that it was merged into its start; that one need not have an event of its own.
select ticket_id
from int_duplicates(cast('infinity' as timestamp))
where duplicate_id in (select happened.ticket_id from happened)
union
select ticket_id
from kept_targets
where
    calendar_id in (select unnest(cast($calendar_ids as varchar[])))
    and (ended_at is null or ended_at >= $since or due_at >= $since or lenient_due_at >= $since)
union
select id as ticket_id
from tickets
where last_event_at >= $promised_since;
