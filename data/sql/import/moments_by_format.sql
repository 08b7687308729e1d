-- grain: one row per row of the file: its local time by $format; digits below the microsecond are cut off
create or replace table moments as
select
    row_id,
    case
        when regexp_matches(time_text, '\d') then try_strptime(
            case when $has_fraction then regexp_replace(time_text, '(\.\d{6})\d+', '\1') else time_text end,
            $format
        )
    end as moment,
    true as is_local,
from time_texts;
