insert into buyers by name
select
    key,
    first_seen_at,
from plan_buyers
where is_new;
