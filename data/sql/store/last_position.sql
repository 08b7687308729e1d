-- grain: one row, the position of the newest event, 0 on an empty desk
select coalesce(max(position), 0) as last_position
from events;
