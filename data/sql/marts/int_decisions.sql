-- grain: one row per decision of a claim before as_of
create or replace macro int_decisions(as_of) as table
    with changed_log as materialized (  -- noqa: ST03
        select *
        from stg_log
        semi join int_changed_tickets using (ticket_id)
        where occurred_at < as_of and occurred_at >= (
            select coalesce(min(bound.opened_at), 'infinity') from int_changed_tickets as bound
        )
    )

    select *
    from kept_decisions
    anti join int_changed_tickets using (ticket_id)
    where decided_at < as_of
    union all by name
    select *
    from log_decisions_of(as_of, 'changed_log');
