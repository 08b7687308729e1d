-- grain: one row per row of the file whose state has no place in the declared lifecycle
insert into rejects (line, row_id, column_name, reason)
select
    rows.line,
    rows.rowid as row_id,
    $state_name::varchar as column_name,
    concat(
        'the state "', coalesce(rows.state, rows.activity), '" has no place in the lifecycle ', $lifecycle,
        ': say which under [states]'
    ) as reason,
from rows
anti join state_meanings on coalesce(rows.state, rows.activity) = state_meanings.state;
