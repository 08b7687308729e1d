-- grain: one row per row of the file that the desk does not have yet
create or replace temp table plan_new as
select
    steps.row_id,
    steps.row_hash,
    steps.repeat,
    steps.occurred_at,
    steps.state_no,
    plan_cases.case_no,
    plan_cases.is_new,
from importing.steps
inner join plan_cases on steps.case_no = plan_cases.case_no
left join import_rows
    on
        steps.row_hash = import_rows.row_hash
        and steps.repeat = import_rows.repeat
        and import_rows.source = $source
where import_rows.row_hash is null;
