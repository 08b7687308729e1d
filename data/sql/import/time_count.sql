-- grain: one row: how many rows have a time, and how many there are
select
    count(*) filter (where trim(time_text) <> '') as time_count,
    count(*) as row_count,
from rows;
