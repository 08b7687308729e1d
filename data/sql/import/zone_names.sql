-- grain: one row per zone whose name is $zone but for the case of its letters
select name
from pg_timezone_names()
where lower(name) = lower($zone)
order by name;
