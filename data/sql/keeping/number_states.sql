insert into kept_states
with visited as (
    select
        category,
        to_state as state,
        any_value(to_kind) as kind,
    from changed_log
    where is_visit
    group by category, to_state
)

select
    (select coalesce(max(numbered.state_number), 0) from kept_states as numbered)
    + row_number() over (order by category, state) as state_number,
    category,
    state,
    kind,
from visited
anti join kept_states using (category, state);
