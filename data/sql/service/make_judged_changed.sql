-- grain: one row per changed ticket of one batch, numbered from 0: those that are judged next
create or replace temp table judged_tickets as
select
    ticket_id,
    cast(row_number() over (order by ticket_id) - 1 as integer) as ticket_no,
from (
    select ticket_id
    from changed_tickets
    order by ticket_id
    limit $row_limit offset $row_offset
) as batch;
