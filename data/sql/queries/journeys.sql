-- grain: one row per journey (the states that a ticket visited, in order) of the selected tickets
with selected as (
    select
        ticket_id,
        category,
        case_microseconds,
    from mart_tickets_selected($as_of, $since, $until, $categories, $seller_ids, $team_ids)
),

visits as (
    select
        visit.ticket_id,
        visit.step,
        visit.category,
        visit.state,
    from mart_visits($as_of) as visit
    semi join selected using (ticket_id)
),

numbered_states as (
    select
        category,
        state,
        row_number() over (order by category, state) as state_number,
    from visits
    group by category, state
),

-- One whole number per visit, first its step, then its state: sorting numbers is much faster than sorting names.
travelled as (
    select
        visits.ticket_id,
        list_sort(list(visits.step * 1000000 + numbered_states.state_number)) as visit_numbers,
    from visits
    inner join numbered_states using (category, state)
    group by visits.ticket_id
),

travels as (
    select
        selected.category,
        selected.case_microseconds,
        list_transform(travelled.visit_numbers, lambda n: n % 1000000) as state_numbers,
    from travelled
    inner join selected using (ticket_id)
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
    select list(state order by state_number) as known from numbered_states
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
