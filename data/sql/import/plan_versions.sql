-- grain: one row per lifecycle of this import: the version that its new events run on
create or replace temp table plan_versions as
with

newest as (
    select
        category,
        max(version) as version,
    from lifecycles
    group by category
)

select
    plan_states.category,
    bool_or(plan_states.is_changed) as is_new,
    coalesce(any_value(newest.version), 0) + cast(bool_or(plan_states.is_changed) as integer) as version,
from plan_states
left join newest on plan_states.category = newest.category
group by plan_states.category;
