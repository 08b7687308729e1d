-- grain: one row per listed ticket, numbered from 0: those that are judged next
create or replace temp table judged_tickets as
select
    id as ticket_id,
    cast(row_number() over (order by id) - 1 as integer) as ticket_no,
from tickets
where id in (select unnest(cast($ticket_ids as uuid[])));
