-- grain: one row per buyer of the new tickets; who is new gets a random key
create or replace temp table plan_buyers as
select
    plan_tickets.buyer,
    min(plan_tickets.first_at) as first_seen_at,
    min(buyer_persons.buyer_key) is null as is_new,
    coalesce(min(buyer_persons.buyer_key), cast(uuid() as varchar)) as key,
from plan_tickets
left join buyer_persons on plan_tickets.buyer = buyer_persons.marketplace_user_id
where plan_tickets.buyer <> '' and plan_tickets.is_new
group by plan_tickets.buyer;
