-- grain: one row per state of a version of a lifecycle, in the order in which they were declared
select
    category,
    version,
    state,
    kind,
    ball,
    label_en,
    label_ru,
    label_zh,
from lifecycle_states
order by category, version, rowid;
