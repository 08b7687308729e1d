-- grain: one row per row of the file: its instant by $format, which reads an offset or a zone
create or replace table moments as
select
    row_id,
    case
        when regexp_matches(time_text, '\d') then timezone(
            'UTC',
            try_strptime(
                regexp_replace(regexp_replace(time_text, '(\.\d{6})\d+', '\1'), '[Zz]$', $for_z),
                $format
            )
        )
    end as moment,
    false as is_local,
from time_texts;
