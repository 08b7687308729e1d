-- grain: one row per ticket that had begun before the horizon and went on after it, numbered from 0
create or replace temp table judged_tickets as
select
    id as ticket_id,
    cast(row_number() over (order by id) - 1 as integer) as ticket_no,
from tickets
where
    opened_at < $as_of
    and last_event_at >= $as_of
    and (len($seller_ids) = 0 or list_contains($seller_ids, seller_id))
    and (len($team_ids) = 0 or list_contains($team_ids, team_id));
