-- grain: one row per row of the file
create or replace view time_texts as
select
    rowid as row_id,
    time_text,
from rows;
