-- grain: one row, how many tickets the key finds
select count(*) as row_count
from tickets
where id = $ticket_id;
