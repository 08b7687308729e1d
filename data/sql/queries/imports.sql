-- grain: one row per import, the newest first
select
    source,
    file_name,
    category,
    lifecycle_version,
    started_at,
    finished_at,
    row_count,
    added_count,
    known_count,
    repeat_count,
    reject_count,
    imported_by,
from imports
order by started_at desc, id desc;
