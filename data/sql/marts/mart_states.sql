-- grain: one row per category and state, as its newest version describes it
create or replace view mart_states as
select
    category,
    state,
    max(version) as newest_version,
    arg_max(kind, version) as kind,
    arg_max(ball, version) as ball,
    arg_max(label_en, version) as label_en,
    arg_max(label_ru, version) as label_ru,
    arg_max(label_zh, version) as label_zh,
from lifecycle_states
group by category, state;
