-- grain: one row per row of the file, with its instant and whether something is wrong with it
create or replace table checked as
with

read_rows as (
    select
        rows.rowid as row_id,
        rows.row_hash,
        rows.case_ref,
        coalesce(rows.state, rows.activity) as state,
        moments.moment,
        coalesce(
            moments.moment between timestamp '1000-01-01' and timestamp '9999-12-31 23:59:59.999999', false
        ) as is_read,
        coalesce(moments.moment > $now::timestamp, false) as is_future,
        trim(rows.activity) = '' as has_no_activity,
    from rows
    inner join moments on rows.rowid = moments.row_id
)

select
    * exclude (has_no_activity),
    not is_read or is_future or trim(case_ref) = '' or has_no_activity or trim(state) = '' as is_faulty,
from read_rows;
