-- grain: as int_decisions, where everything is kept up to the newest event
create or replace macro kept.int_decisions(as_of) as table
    select *
    from kept_decisions
    where decided_at < as_of;
