-- grain: one row per event that occurred before as_of, with the visit before it by occurred_at, then seq
create or replace macro int_events(as_of) as table
    with known as not materialized (
        select * from stg_events(as_of)
    ),

    as_recorded as (
        select
            known.*,
            category as from_category,
            if(is_visit, category, null) as last_category,
            seq as step,
        from known
        anti join stg_rewoven_tickets using (ticket_id)
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
        semi join stg_rewoven_tickets using (ticket_id)
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
        semi join stg_rewoven_tickets using (ticket_id)
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
