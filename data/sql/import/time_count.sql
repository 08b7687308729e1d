-- grain: one row: how many rows have a time
select count(*) as time_count
from rows
where trim(time_text) <> '';
