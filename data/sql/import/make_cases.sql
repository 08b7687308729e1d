-- grain: one row per case of the file, with the fields of its first event
create or replace table cases as
with

sound as (
    select
        rows.case_ref,
        rows.rowid as row_id,
        moments.moment,
    from rows
    inner join moments on rows.rowid = moments.row_id
    anti join rejects on rows.rowid = rejects.row_id
),

firsts as (
    select
        case_ref,
        arg_min(row_id, (moment, row_id)) as row_id,
    from sound
    group by case_ref
)

select
    row_number() over (order by moments.moment, firsts.row_id) as case_no,
    firsts.case_ref,
    firsts.row_id,
    moments.moment as opened_at,
    rows.line,
    rows.fields,
from firsts
inner join rows on firsts.row_id = rows.rowid
inner join moments on firsts.row_id = moments.row_id;
