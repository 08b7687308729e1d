-- grain: one row per event of the tickets that changed, old events too
create or replace temp table changed_log as
select *
from stg_log
semi join changed_tickets using (ticket_id)
where occurred_at >= (select min(bound.opened_at) from changed_tickets as bound);
