-- grain: as int_tickets_opened, where everything is kept and nothing happened at as_of or later
create or replace macro present.int_tickets_opened(as_of, since, until) as table
    select *
    from kept_tickets
    where opened_at < as_of and opened_at >= since and opened_at < until;
