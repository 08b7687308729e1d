-- grain: one row per one of about a thousand rows with a time, spread over the file
create or replace view time_texts as
select
    rowid as row_id,
    time_text,
from rows
where trim(time_text) <> '' and rowid % greatest((select count(*) from rows) // 1000, 1) = 0;
