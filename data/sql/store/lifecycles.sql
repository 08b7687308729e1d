-- grain: one row per version of a lifecycle
select
    category,
    version,
    is_observed,
    label_en,
    label_ru,
    label_zh,
    source,
from lifecycles
order by category, version;
