insert into import_rows by name
select
    $source as source,
    plan_steps.row_hash,
    plan_steps.repeat,
    $import_id::uuid as import_id,
    plan_tickets.ticket_id,
    cast(plan_tickets.version + plan_steps.step_no as integer) as seq,
from plan_steps
inner join plan_tickets on plan_steps.case_no = plan_tickets.case_no;
