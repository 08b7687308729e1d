-- grain: one row, the position of the newest event
select coalesce(max(position), 0) as newest_position
from events
