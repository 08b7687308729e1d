-- grain: one row per agent, seller and buyer whose name is known
select
    id,
    name,
from agents
union all
select
    id,
    name,
from sellers
union all
select
    buyer_key as id,
    name,
from buyer_persons
where buyer_key = $buyer_key
