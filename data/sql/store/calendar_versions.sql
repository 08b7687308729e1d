-- grain: one row per version of a business calendar
select
    calendar_id,
    version,
    valid_from,
    document,
from calendar_versions
order by calendar_id, version;
