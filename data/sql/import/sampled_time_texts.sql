-- grain: one row per one of about a thousand rows with a time, spread over the file
create or replace view time_texts as
with

counted as (
    select
        rowid as row_id,
        time_text,
        count(*) over () as row_count,
    from rows
)

select
    row_id,
    time_text,
from counted
where trim(time_text) <> '' and row_id % greatest(row_count // 1000, 1) = 0;
