-- grain: one row per policy that has a row
select distinct key
from policy_rows
order by key;
