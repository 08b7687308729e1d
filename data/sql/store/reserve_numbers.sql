-- grain: one row, the first and the last of $count ticket numbers in a row that now belong to the caller
with

reserved as (
    select nextval('ticket_numbers') as number
    from range($count)
)

select
    min(number) as first_number,
    max(number) as last_number,
from reserved;
