-- grain: one row per fault, in the order of the file
select
    line,
    column_name,
    reason,
from rejects
order by line, row_id, column_name, reason;
