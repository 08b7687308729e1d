-- grain: one row per new event of a history that goes onto a declared lifecycle; a step outside the table is kept
create or replace temp table plan_steps as
with

placed as (
    select
        plan_new.case_no,
        plan_new.row_id,
        plan_new.row_hash,
        plan_new.repeat,
        plan_new.state_no,
        plan_new.occurred_at,
        state_meanings.to_state,
        row_number() over log as step_no,
        lag(plan_new.state_no) over log as left_state_no,
        lag(state_meanings.to_state) over log as left_state,
    from plan_new
    anti join plan_refusals using (row_id)
    inner join importing.state_meanings using (state_no)
    window log as (partition by plan_new.case_no order by plan_new.occurred_at, plan_new.row_id)
),

joined as (
    select
        placed.*,
        coalesce(placed.left_state, plan_ends.to_state) as from_state,
        coalesce(coalesce(placed.left_state, plan_ends.to_state) <> placed.to_state, true) as is_visit,
    from placed
    left join plan_ends on placed.case_no = plan_ends.case_no
)

select
    joined.case_no,
    joined.row_id,
    joined.row_hash,
    joined.repeat,
    joined.state_no,
    joined.occurred_at,
    joined.step_no,
    joined.left_state_no,
    joined.is_visit,
    last_value(case when joined.is_visit then joined.occurred_at end ignore nulls) over before as entered_at,
    case
        when joined.from_state is null then joined.to_state = $initial
        else declared_steps.to_state is not null
    end as is_conforming,
from joined
left join importing.declared_steps
    on joined.from_state = declared_steps.from_state and joined.to_state = declared_steps.to_state
window
    before as (
        partition by joined.case_no order by joined.step_no rows between unbounded preceding and 1 preceding
    );
