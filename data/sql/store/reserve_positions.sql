-- grain: one row, the first of $count positions in a row that now belong to the caller (who holds the writer lock)
with

reserved as (
    select nextval('event_positions') as given
    from range($count)
)

select min(given) as first_position
from reserved;
