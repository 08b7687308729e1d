-- grain: one row per category and state that a selected ticket visited
with known_states as (
    select
        numbered.state_number,
        numbered.category,
        numbered.state,
        coalesce(mart_states.kind, numbered.kind) as kind,
        coalesce(mart_states.ball, '') as ball,
        coalesce(mart_states.label_en, numbered.state) as label_en,
        coalesce(mart_states.label_ru, numbered.state) as label_ru,
        coalesce(mart_states.label_zh, numbered.state) as label_zh,
    from int_state_numbers as numbered
    left join mart_states using (category, state)
),

visits as (
    select
        unnest(state_numbers) as state_number,
        unnest(stay_microseconds) as stay_microseconds,
    from mart_journeys_selected($as_of, $since, $until, $categories, $seller_ids, $team_ids)
),

counted as (
    select
        state_number,
        count(*) as visits_count,
        count(stay_microseconds) as finished_count,
        cast(sum(stay_microseconds) as double) / (count(stay_microseconds) * 1000000) as mean_seconds,
        quantile_cont(stay_microseconds, [0.5, 0.9]) as quantiles,
    from visits
    group by state_number
)

select
    known_states.* exclude (state_number),
    counted.visits_count,
    counted.finished_count,
    if(known_states.kind = 'final', 0, counted.visits_count - counted.finished_count) as running_count,
    counted.mean_seconds,
    counted.quantiles[1] / 1000000 as median_seconds,
    counted.quantiles[2] / 1000000 as p90_seconds,
from counted
inner join known_states using (state_number)
order by counted.visits_count desc, known_states.category asc, known_states.state asc;
