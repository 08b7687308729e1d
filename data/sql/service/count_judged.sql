-- grain: one row
select count(*) as tickets_count
from judged_tickets;
