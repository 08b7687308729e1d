-- grain: one row for the ticket with this number, if it lies within the scope
select id::varchar as ticket_id
from tickets
where
    number = $number
    and (len($seller_ids) = 0 or list_contains($seller_ids, seller_id))
    and (len($team_ids) = 0 or list_contains($team_ids, team_id))
