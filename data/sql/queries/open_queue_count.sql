-- grain: one row
select count(*) as tickets_count
from mart_queue_selected($asked);
