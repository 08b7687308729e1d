insert into rejects (line, row_id, column_name, reason)
values ($line, $row_id, $column_name, $reason);
