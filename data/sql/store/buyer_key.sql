-- grain: one row, the key of the buyer with this name on the marketplace, or none
select buyer_key
from buyer_persons
where marketplace_user_id = $marketplace_user_id and marketplace_user_id <> ''
order by buyer_key
limit 1;
