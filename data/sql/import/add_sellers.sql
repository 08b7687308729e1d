insert into sellers by name
select distinct
    seller_id as id,
    seller_id as name,
    '' as contract,
from plan_tickets
where is_new and seller_id <> ''
on conflict (id) do nothing;
