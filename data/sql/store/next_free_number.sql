-- grain: one row, the number that the next ticket gets; asking does not give it away
select coalesce(last_value + 1, start_value) as next_free
from duckdb_sequences()
where sequence_name = 'ticket_numbers';
