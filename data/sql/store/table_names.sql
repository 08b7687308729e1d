-- grain: one row per table of the file
select table_name
from duckdb_tables()
where not internal
order by table_name;
