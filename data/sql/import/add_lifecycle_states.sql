insert into lifecycle_states by name
select
    plan_states.* exclude (place, is_changed),
    plan_versions.version,
from plan_states
inner join plan_versions on plan_states.category = plan_versions.category
where plan_versions.is_new
order by plan_states.category, plan_states.place;
