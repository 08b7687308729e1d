-- grain: one row per ticket of the relation named `log` of which a claim was decided before as_of: how many were
create or replace macro log_decided_of(as_of, log) as table
    select
        ticket_id,
        count(*) as decisions_count,
        count(*) filter (where is_auto) as auto_decisions_count,
    from log_decisions_of(as_of, log)
    group by ticket_id;
