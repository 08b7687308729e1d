-- grain: one row: the newest version of the declared lifecycle
create or replace temp table plan_versions as
select
    category,
    false as is_new,
    max(version) as version,
from lifecycles
where category = $name and not is_observed
group by category;
