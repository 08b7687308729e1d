-- grain: one row: how many tickets of the buyer lie within the scope
select count(*) as tickets_count
from tickets
where
    buyer_key = $buyer_key
    and (len($seller_ids::varchar[]) = 0 or list_contains($seller_ids::varchar[], seller_id))
    and (len($team_ids::varchar[]) = 0 or list_contains($team_ids::varchar[], team_id));
