-- grain: one row: how many rows have a fault of their own
select count(*) as faulty_count
from checked
where is_faulty;
