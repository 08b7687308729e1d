-- grain: one row per journey (the states that a ticket visited, in order) of the selected tickets
with travels as not materialized (
    select
        category,
        state_numbers,
        case_microseconds,
    from mart_journeys_selected($as_of, $since, $until, $categories, $seller_ids, $team_ids)
),

counted as (
    select
        category,
        state_numbers,
        count(*) as tickets_count,
        quantile_cont(case_microseconds, 0.5) / 1000000 as median_seconds,
    from travels
    group by category, state_numbers
),

-- Numbers say nothing of names: journeys as common as the last one listed are named before the list is cut.
common as (
    select
        *,
        cast(sum(tickets_count) over () as bigint) as all_tickets_count,
        count(*) over () as journeys_count,
    from counted
    qualify rank() over (order by tickets_count desc) <= $row_limit
),

names as (
    select list(state order by state_number) as known
    from int_state_numbers
)

select
    common.category,
    list_transform(common.state_numbers, lambda n: names.known[n]) as states,
    len(common.state_numbers) as states_count,
    common.tickets_count,
    common.all_tickets_count,
    common.journeys_count,
    common.median_seconds,
from common
cross join names
order by tickets_count desc, category asc, states asc
limit $row_limit;
