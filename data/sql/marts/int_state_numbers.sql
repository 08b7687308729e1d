-- grain: one row per category and state that was ever visited: short names for journeys, 1 and up without a gap
create or replace view int_state_numbers as
with visited as (
    select
        category,
        to_state as state,
        any_value(to_kind) as kind,
    from stg_log
    semi join int_changed_tickets using (ticket_id)
    where is_visit
    group by category, to_state
)

select
    state_number,
    category,
    state,
    kind,
from kept_states
union all
select
    (select coalesce(max(numbered.state_number), 0) from kept_states as numbered)
    + row_number() over (order by category, state) as state_number,
    category,
    state,
    kind,
from visited
anti join kept_states using (category, state);
