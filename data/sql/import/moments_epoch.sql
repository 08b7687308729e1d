-- grain: one row per row of the file: its instant from a count since 1970, one being $microseconds
create or replace table moments as
with

counted as (
    select
        row_id,
        try_cast(time_text as decimal(28, 9)) as amount,
    from time_texts
    where regexp_matches(time_text, $pattern)
)

select
    time_texts.row_id,
    make_timestamp(try_cast(floor(amount * cast($microseconds as decimal(10, 3))) as bigint)) as moment,
    false as is_local,
from time_texts
left join counted on time_texts.row_id = counted.row_id;
