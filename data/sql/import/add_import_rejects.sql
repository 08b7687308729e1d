insert into import_rejects by name
select
    $import_id::uuid as import_id,
    line,
    column_name,
    reason,
from importing.rejects
union all by name
select
    $import_id::uuid as import_id,
    line,
    column_name,
    reason,
from plan_refusals
where not is_taken_over;
