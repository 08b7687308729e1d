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
where not is_taken_over
order by line, column_name, reason;
