-- grain: one row per category and state that holds open tickets at the horizon, whenever they were opened
with aged as (
    select
        category,
        state,
        kind,
        age_microseconds / 86400000000 as age_days,
    from mart_tickets_selected($as_of, '-infinity', $as_of, $categories, $seller_ids, $team_ids)
    where is_open
)

select
    aged.category,
    aged.state,
    aged.kind,
    coalesce(mart_states.ball, '') as ball,
    coalesce(mart_states.label_en, aged.state) as label_en,
    coalesce(mart_states.label_ru, aged.state) as label_ru,
    coalesce(mart_states.label_zh, aged.state) as label_zh,
    count(*) as tickets_count,
    count(*) filter (where aged.age_days < 1) as below_1_day_count,
    count(*) filter (where aged.age_days >= 1 and aged.age_days < 3) as below_3_days_count,
    count(*) filter (where aged.age_days >= 3 and aged.age_days < 7) as below_7_days_count,
    count(*) filter (where aged.age_days >= 7 and aged.age_days < 30) as below_30_days_count,
    count(*) filter (where aged.age_days >= 30) as older_count,
from aged
left join mart_states on aged.category = mart_states.category and aged.state = mart_states.state
group by all
order by tickets_count desc, aged.category asc, aged.state asc;
