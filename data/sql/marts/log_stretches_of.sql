-- grain: one row per stretch in which a ticket of the relation named `log` was open in one category before as_of
create or replace macro log_stretches_of(as_of, log) as table
    with visits as not materialized (
        select
            ticket_id,
            category,
            step,
            occurred_at,
            is_reopening,
            from_category <> category as is_moved,
            from_kind not in ('', 'done', 'final') as is_from_open,
            to_kind not in ('done', 'final') as is_open,
        from int_events_of(as_of, log)
        where is_visit
    ),

    -- A visit at which a stretch ends, begins, or both because the category changed: the end is the next such visit.
    edges as (
        select
            *,
            lead(occurred_at) over (partition by ticket_id order by step) as settled_at,
            lead(is_open) over (partition by ticket_id order by step) as is_next_open,
        from visits
        where is_open <> is_from_open or (is_open and is_moved)
    )

    select
        edges.ticket_id,
        tickets.seller_id,
        tickets.team_id,
        edges.category,
        edges.occurred_at as opened_at,
        edges.settled_at,
        edges.is_reopening as is_reopened,
        edges.is_from_open as is_moved_in,
        coalesce(edges.is_next_open, false) as is_moved_on,
    from edges
    inner join tickets on edges.ticket_id = tickets.id
    where edges.is_open;
