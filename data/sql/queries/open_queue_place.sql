-- grain: one row: the place of a ticket in the order of the queue, from 1; none where the queue does not hold it.
-- The order is that of open_queue.
select place
from (
    select
        number,
        row_number() over () as place,
    from (
        select number
        from mart_queue_selected($asked)
        order by
            number in (select named.number from mart_named($exact::varchar) as named) desc,
            case when $sort_by = 'nearest_clock' then is_overdue end desc nulls last,
            case when $sort_by = 'nearest_clock' then is_written_to end desc nulls last,
            case $sort_by when 'nearest_clock' then nearest_due_at when 'oldest' then opened_at end asc nulls last,
            case $sort_by when 'newest' then opened_at when 'changed' then last_event_at end desc nulls last,
            if($sort_by = 'priority', list_position(['urgent', 'high', 'normal'], priority), null) asc nulls last,
            nearest_due_at asc nulls last,
            number desc
    ) as numbers
) as places
where number = $number;
