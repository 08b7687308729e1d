-- grain: one row per ticket that a number names: none, where nothing is sought
create or replace macro plain.mart_named(exact) as table
    select number
    from tickets
    where exact is not null and false;
