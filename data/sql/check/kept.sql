-- grain: one row per ticket of which what is kept of the log is not what the log says
with said as not materialized (
    select * from log_tickets(cast('infinity' as timestamp))
    anti join int_changed_tickets using (ticket_id)
)
select 1;
