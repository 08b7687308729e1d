-- grain: one row: how many lines DuckDB's reader could not take
select count(*) as formless_count
from reject_errors;
