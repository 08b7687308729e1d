insert into settings
select
    'kept_up_to' as setting,
    cast(coalesce(max(position), 0) as varchar) as newest,
from events
on conflict (key) do update set value = excluded.value;
