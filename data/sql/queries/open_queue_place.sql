-- grain: one row: the place of a ticket in the order of the queue, from 1; none where the queue does not hold it
select place
from (
    select
        number,
        row_number() over () as place,
    from mart_queue_ordered($asked, $exact::varchar, $sort_by, null, 0)
) as places
where number = $number;
