-- grain: one row
select coalesce(max(number), 0) as last_number
from tickets;
