-- grain: one row per pair of states of which the second followed the first in a selected ticket
with steps as (
    select
        unnest(state_numbers[:-2]) as from_number,
        unnest(state_numbers[2:]) as to_number,
        unnest(stay_microseconds[:-2]) as stay_microseconds,
    from mart_journeys_selected($as_of, $since, $until, $categories, $seller_ids, $team_ids)
),

counted as (
    select
        from_number,
        to_number,
        count(*) as steps_count,
        cast(sum(stay_microseconds) as double) / (count(*) * 1000000) as mean_seconds,
        quantile_cont(stay_microseconds, [0.5, 0.9]) as quantiles,
    from steps
    where stay_microseconds is not null
    group by from_number, to_number
)

select
    left_state.category as from_category,
    left_state.state as from_state,
    entered_state.category as to_category,
    entered_state.state as to_state,
    counted.steps_count,
    counted.mean_seconds,
    counted.quantiles[1] / 1000000 as median_seconds,
    counted.quantiles[2] / 1000000 as p90_seconds,
from counted
inner join int_state_numbers as left_state on counted.from_number = left_state.state_number
inner join int_state_numbers as entered_state on counted.to_number = entered_state.state_number
order by steps_count desc, from_state asc, to_state asc, from_category asc, to_category asc
limit $row_limit;
