-- grain: one row per fault, in the order of the file
select
    line,
    column_name,
    reason,
from importing.rejects
union all
select
    line,
    column_name,
    reason,
from plan_refusals
order by line, column_name, reason;
