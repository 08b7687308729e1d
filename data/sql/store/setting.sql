-- grain: one row, the setting, or none
select value
from settings
where key = $key;
