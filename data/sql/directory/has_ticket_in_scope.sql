-- grain: one row if a ticket of the buyer lies within the scope, or none
select 1 as has_ticket
from tickets
where
    buyer_key = $buyer_key
    and (len($seller_ids::varchar[]) = 0 or list_contains($seller_ids::varchar[], seller_id))
    and (len($team_ids::varchar[]) = 0 or list_contains($team_ids::varchar[], team_id))
limit 1;
