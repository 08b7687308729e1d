-- grain: one row per event of the relation named `log` (as stg_log) before as_of, with the visit before it by time, seq
create or replace macro int_events_of(as_of, log) as table
    with known as not materialized (
        select * exclude (payload)
        from query_table(log)
        where occurred_at < as_of
    ),

    rewoven_tickets as (
        select distinct ticket_id
        from query_table(log)
        where is_misplaced
    ),

    as_recorded as (
        select
            known.*,
            category as from_category,
            if(is_visit, category, null) as last_category,
            seq as step,
        from known
        anti join rewoven_tickets using (ticket_id)
    ),

    visits_by_time as (
        select
            known.* replace (
                coalesce(lag(to_state) over visits, '') as from_state,
                coalesce(lag(to_kind) over visits, '') as from_kind,
                epoch_us(occurred_at) - epoch_us(lag(occurred_at) over visits) as left_microseconds,
            ),
            coalesce(lag(category) over visits, category) as from_category,
            last_value(category) over whole as last_category,
            row_number() over visits as step,
        from known
        semi join rewoven_tickets using (ticket_id)
        where is_visit
        window
            visits as (partition by ticket_id order by occurred_at, seq),
            whole as (
                partition by ticket_id order by occurred_at, seq
                rows between unbounded preceding and unbounded following
            )
    ),

    stays_by_time as (
        select
            known.*,
            category as from_category,
            null as last_category,
            null as step,
        from known
        semi join rewoven_tickets using (ticket_id)
        where not is_visit
    ),

    woven as (
        select * from as_recorded
        union all by name
        select * from visits_by_time
        union all by name
        select * from stays_by_time
    )

    select
        woven.*,
        is_visit and to_kind = 'done' as is_resolution,
        is_visit and from_kind in ('done', 'final') and to_kind not in ('done', 'final') as is_reopening,
    from woven;
