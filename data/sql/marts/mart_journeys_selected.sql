-- grain: one row per selected ticket that visited a state, with the visits in order; a stay is null while it lasts
create or replace macro mart_journeys_selected(as_of, since, until, categories, seller_ids, team_ids) as table
    select
        selected.ticket_id,
        selected.category,
        selected.case_microseconds,
        travelled.state_numbers,
        travelled.stay_microseconds,
    from mart_tickets_selected(as_of, since, until, categories, seller_ids, team_ids) as selected
    inner join int_journeys(as_of, since, until) as travelled using (ticket_id);
