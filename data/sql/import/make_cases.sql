-- grain: one row per case of the file, numbered by its first event in time, with the fields of that event
create or replace table cases as
with

firsts as (
    select
        checked.case_ref,
        -- The first in time, then in the file, as one number.
        min(cast(epoch_us(checked.moment) as hugeint) * 1099511627776 + checked.row_id) as place,
    from checked
    anti join rejects on checked.row_id = rejects.row_id
    group by checked.case_ref
)

select
    row_number() over (order by firsts.place) as case_no,
    firsts.case_ref,
    first_row.*,
from firsts
inner join
    row_fields as first_row
    on first_row.row_id = ((firsts.place % 1099511627776) + 1099511627776) % 1099511627776;
