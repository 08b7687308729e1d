-- grain: one row per category and state visited before as_of, numbered by name: short names for journeys
create or replace macro int_state_numbers(as_of) as table
    select
        category,
        to_state as state,
        row_number() over (order by category, to_state) as state_number,
    from int_events(as_of)
    where is_visit
    group by category, to_state;
