-- grain: one row: how many rows the file has
select count(*) as row_count
from rows;
