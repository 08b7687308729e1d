-- grain: one row per macro, its newest version
select
    macro_id,
    name,
    document,
    version,
    is_active,
from macro_versions
qualify row_number() over (partition by macro_id order by version desc) = 1
order by name, macro_id;
