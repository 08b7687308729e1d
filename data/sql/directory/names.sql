-- grain: one row per agent, per seller within the scope, and the buyer, if a ticket of theirs lies within the scope
select
    id,
    name,
from agents
union all
select
    id,
    name,
from sellers
where len($seller_ids::varchar[]) = 0 or list_contains($seller_ids::varchar[], id)
union all
select
    buyer_key as id,
    name,
from buyer_persons
where
    buyer_key = $buyer_key
    and (
        len($seller_ids::varchar[]) + len($team_ids::varchar[]) = 0
        or exists (
            select 1 from tickets
            where
                tickets.buyer_key = $buyer_key
                and (len($seller_ids::varchar[]) = 0 or list_contains($seller_ids::varchar[], tickets.seller_id))
                and (len($team_ids::varchar[]) = 0 or list_contains($team_ids::varchar[], tickets.team_id))
        )
    )
