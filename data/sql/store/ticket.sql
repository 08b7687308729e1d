-- grain: one row, the ticket, or none where it is not within the scope
select *
from tickets
where
    id = try_cast($ticket_id as uuid)
    and (len($seller_ids::varchar[]) = 0 or list_contains($seller_ids::varchar[], seller_id))
    and (len($team_ids::varchar[]) = 0 or list_contains($team_ids::varchar[], team_id));
