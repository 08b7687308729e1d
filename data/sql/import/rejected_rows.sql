-- grain: one row: how many faults were found
select count(*) as reject_count
from rejects;
