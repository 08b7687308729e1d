-- grain: one row, the buyer, or none
select
    buyer_key as id,
    name,
from buyer_persons
where buyer_key = $buyer_key;
