-- grain: one row per stretch in which a ticket was open in one category before as_of
create or replace macro int_stretches(as_of) as table
    with changed_log as materialized (  -- noqa: ST03
        select *
        from stg_log
        semi join int_changed_tickets using (ticket_id)
        where occurred_at < as_of and occurred_at >= (
            select coalesce(min(bound.opened_at), 'infinity') from int_changed_tickets as bound
        )
    )

    select
        * replace (
            if(settled_at < as_of, settled_at, null) as settled_at,
            is_moved_on and settled_at < as_of as is_moved_on,
        ),
    from kept_stretches
    anti join int_changed_tickets using (ticket_id)
    where opened_at < as_of
    union all by name
    select *
    from log_stretches_of(as_of, 'changed_log');
