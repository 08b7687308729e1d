-- grain: one row per journey (the states that a ticket visited, in order) of the selected tickets
with travels as materialized (
    select *
    from mart_journeys_selected($as_of, $since, $until, $categories, $seller_ids, $team_ids)
),

journeys as (
    select
        category,
        state_numbers,
        count(*) as tickets_count,
        cast(sum(count(*)) over () as bigint) as all_tickets_count,
        count(*) over () as journeys_count,
    from travels
    group by category, state_numbers
    order by tickets_count desc, category asc, state_numbers asc
    limit $row_limit
),

names as (
    select list(state order by state_number) as known
    from int_state_numbers($as_of)
)

select
    journeys.category,
    list_transform(any_value(journeys.state_numbers), lambda n: any_value(names.known)[n]) as states,
    len(any_value(journeys.state_numbers)) as states_count,
    any_value(journeys.tickets_count) as tickets_count,
    any_value(journeys.all_tickets_count) as all_tickets_count,
    any_value(journeys.journeys_count) as journeys_count,
    quantile_cont(travels.case_microseconds, 0.5) / 1000000 as median_seconds,
from journeys
inner join travels using (category, state_numbers)
cross join names
group by journeys.category, journeys.state_numbers
order by tickets_count desc, journeys.category asc, journeys.state_numbers asc;
