-- grain: one row, the language of the buyer's newest ticket within the scope, or none
select language
from tickets
where
    buyer_key = $buyer_key
    and (len($seller_ids::varchar[]) = 0 or list_contains($seller_ids::varchar[], seller_id))
    and (len($team_ids::varchar[]) = 0 or list_contains($team_ids::varchar[], team_id))
order by opened_at desc, number desc
limit 1;
