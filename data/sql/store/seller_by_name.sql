-- grain: one row, the id of the seller with this name, however it is capitalised, or none
select id
from sellers
where lower(trim(name)) = lower(trim($name))
order by id
limit 1;
