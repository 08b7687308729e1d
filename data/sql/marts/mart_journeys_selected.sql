-- grain: one row per selected ticket that visited a state, with the numbers of the states that it visited, in order
create or replace macro mart_journeys_selected(as_of, since, until, categories, seller_ids, team_ids) as table
    with selected as (
        select
            ticket_id,
            category,
            case_microseconds,
        from mart_tickets_selected(as_of, since, until, categories, seller_ids, team_ids)
    ),

    numbered_visits as (
        select
            visit.ticket_id,
            visit.step,
            numbered.state_number,
        from mart_visits(as_of) as visit
        inner join int_state_numbers(as_of) as numbered using (category, state)
        semi join selected using (ticket_id)
        where visit.entered_at >= since
    ),

    -- One whole number per visit, first its step, then its state: sorting numbers is much faster than sorting names.
    travelled as (
        select
            ticket_id,
            list_sort(list(step * 1000000 + state_number)) as visit_numbers,
        from numbered_visits
        group by ticket_id
    )

    select
        selected.ticket_id,
        selected.category,
        selected.case_microseconds,
        list_transform(travelled.visit_numbers, lambda n: n % 1000000) as state_numbers,
    from travelled
    inner join selected using (ticket_id);
