-- grain: one row per row of the file whose state has no place in the declared lifecycle
insert into rejects (line, row_id, column_name, reason)
select
    rows.line,
    checked.row_id,
    $state_name::varchar as column_name,
    concat(
        'the state "', checked.state, '" has no place in the lifecycle ', $lifecycle,
        ': say which under [states]'
    ) as reason,
from checked
anti join state_meanings on checked.state = state_meanings.state
inner join rows on checked.row_id = rows.rowid
where trim(checked.state) <> '';
