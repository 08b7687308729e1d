-- grain: one row per version of a lifecycle that has states but no row of its own
select
    null as number,
    'lifecycles' as place,
    'no row' as found,
    concat(category, ' version ', version) as expected,
from lifecycle_states
anti join lifecycles using (category, version)
group by category, version
order by category, version;
