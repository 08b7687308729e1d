-- grain: one row: the first time that stands in the file
select coalesce(arg_min(time_text, rowid), '') as example
from rows
where trim(time_text) <> '';
