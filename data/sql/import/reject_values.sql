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
    value word
),

known as (
    select
        role,
        word,
    from closed_values
    union all
    select
        role,
        word,
    from translations
),

allowed as (
    select
        role,
        string_agg(word, ', ') as allowed_words,
    from closed_values
    group by role
)

select
    rows.line,
    given.row_id,
    given.role as column_name,
    concat(
        '"', given.word, '" is no ', given.role, '; translate it under [values.', given.role, '] into one of ',
        allowed.allowed_words
    ) as reason,
from given
anti join known on given.role = known.role and given.word = known.word
inner join allowed on given.role = allowed.role
inner join rows on given.row_id = rows.rowid
where given.word <> '';
