insert or replace into settings (key, value)
select
    'kept_up_to' as key,
    cast(coalesce(max(position), 0) as varchar) as value,
from events;
