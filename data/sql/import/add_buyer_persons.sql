insert into buyer_persons by name
select
    key as buyer_key,
    '' as name,
    buyer as marketplace_user_id,
    '' as email,
    '' as phone,
from plan_buyers
where is_new;
