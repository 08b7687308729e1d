-- grain: one row per row of the file that holds a value that the desk has no word for
insert into rejects (line, row_id, column_name, reason)
with

given as (
    unpivot (
        select
            row_id,
            channel,
            priority,
            language,
        from row_fields
    )
    on channel, priority, language
    into
    name role
    value value
),

known as (
    select
        role,
        value,
    from closed_values
    union all
    select
        role,
        value,
    from translations
),

allowed as (
    select
        role,
        string_agg(value, ', ') as names,
    from closed_values
    group by role
)

select
    rows.line,
    given.row_id,
    given.role as column_name,
    concat(
        '"', given.value, '" is no ', given.role, '; translate it under [values.', given.role, '] into one of ',
        allowed.names
    ) as reason,
from given
anti join known on given.role = known.role and given.value = known.value
inner join allowed on given.role = allowed.role
inner join rows on given.row_id = rows.rowid
where given.value <> '';
