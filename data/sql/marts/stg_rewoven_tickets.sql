-- grain: one row per ticket whose stored steps are not the ones by time (DECISIONS: Order of events)
create or replace view stg_rewoven_tickets as
select distinct ticket_id
from stg_log
where is_misplaced;
