-- grain: one row per ticket that the queue holds, in the order of its list; without `row_limit` all of them
-- What the order does not need is not here: it would be made of every ticket.
-- `asked` is as `QueueFilter.parameters` makes it; what `exact` names comes first, whatever `sort_by` says.
create or replace macro mart_queue_ordered(asked, exact, sort_by, row_limit, row_offset) as table
    select
        number,
        nearest_due_at,
        nearest_target_place,
        is_open,
    from mart_queue_selected(asked)
    order by
        number in (select named.number from mart_named(exact) as named) desc,
        case when sort_by = 'nearest_clock' then is_overdue end desc nulls last,
        case when sort_by = 'nearest_clock' then is_written_to end desc nulls last,
        case sort_by when 'nearest_clock' then nearest_due_at when 'oldest' then opened_at end asc nulls last,
        case sort_by when 'newest' then opened_at when 'changed' then last_event_at end desc nulls last,
        if(sort_by = 'priority', list_position(['urgent', 'high', 'normal'], priority), null) asc nulls last,
        nearest_due_at asc nulls last,
        number desc
    limit row_limit offset row_offset;
