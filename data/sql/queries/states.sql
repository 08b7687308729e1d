-- grain: one row per category and state that a lifecycle declares or a log showed
select
    category,
    state,
    kind,
    ball,
    label_en,
    label_ru,
    label_zh,
from mart_states
order by category, state;
