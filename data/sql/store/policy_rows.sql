-- grain: one row per dated policy row
select
    id,
    key,
    budget_seconds,
    valid_from,
    source,
    conditions,
from policy_rows
order by key, valid_from, id;
