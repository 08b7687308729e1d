-- grain: one row per new event of a history that keeps its own states, numbered by time, then place in the file
create or replace temp table plan_steps as
select
    case_no,
    row_id,
    row_hash,
    repeat,
    state_no,
    occurred_at,
    row_number() over log as step_no,
    lag(state_no) over log as left_state_no,
    lag(occurred_at) over log as entered_at,
    true as is_visit,
    true as is_conforming,
from plan_new
anti join plan_refusals using (row_id)
window log as (partition by case_no order by occurred_at, row_id);
