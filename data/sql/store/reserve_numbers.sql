-- grain: one row, the last of $count ticket numbers in a row that now belong to the caller (who holds the writer lock)
with

reserved as (
    select nextval('ticket_numbers') as number
    from range($count)
)

select max(number) as last_number
from reserved;
