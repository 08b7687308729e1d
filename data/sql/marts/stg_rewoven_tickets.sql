-- grain: one row per ticket whose stored steps are not the ones by time (DECISIONS: Order of events)
create or replace view stg_rewoven_tickets as
select ticket_id
from events
where state_seconds < 0
union
select ticket_id
from events
where kind = 'categorised';
