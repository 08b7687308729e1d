-- grain: one row per row of the file: its instant, or its local time where it names no offset, by ISO 8601
create or replace table moments as
with

texts as (
    select
        row_id,
        replace(trim(time_text), ',', '.') as time_text,
    from time_texts
),

split as (
    select
        row_id,
        time_text,
        regexp_matches(time_text, '^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?$') as is_local,
        regexp_matches(
            time_text,
            '^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)? ?([Zz]|[+-]\d{2}(:?\d{2})?|[A-Z][A-Za-z_/]+)$'
        ) as has_zone,
    from texts
)

select
    row_id,
    case
        when is_local then try_cast(time_text as timestamp)
        when has_zone then timezone('UTC', try_cast(regexp_replace(time_text, 'z$', 'Z') as timestamptz))
    end as moment,
    is_local,
from split;
