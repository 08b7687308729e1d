-- grain: as int_journeys, where everything is kept and nothing happened at as_of or later
create or replace macro present.int_journeys(as_of, since, until) as table
    select *
    from kept_journeys
    where opened_at < as_of and opened_at >= since and opened_at < until;
