-- grain: one row, the newest version of a macro; 0 where there is none
select coalesce(max(version), 0) as version,
from macro_versions
where macro_id = $macro_id;
