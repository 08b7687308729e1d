-- grain: one row per ticket opened in [since, until) within the scope, numbered from 0: those that are judged next
create or replace temp table judged_tickets as
select
    ticket_id,
    cast(row_number() over (order by ticket_id) - 1 as integer) as ticket_no,
from mart_tickets_selected($as_of, $since, $until, $categories, $seller_ids, $team_ids);
