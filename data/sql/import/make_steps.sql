-- grain: one row per sound row of the file; `repeat` counts the rows before it that are the same in all columns
create or replace table steps as
with

sound as (
    select
        checked.row_id,
        checked.row_hash,
        checked.case_ref,
        checked.state,
        checked.moment as occurred_at,
    from checked
    anti join rejects on checked.row_id = rejects.row_id
),

twins as (
    select row_hash
    from sound
    group by row_hash
    having count(*) > 1
),

repeats as (
    select
        sound.row_id,
        row_number() over (partition by sound.row_hash order by sound.row_id) - 1 as repeat,
    from sound
    semi join twins on sound.row_hash = twins.row_hash
)

select
    sound.row_id,
    sound.row_hash,
    sound.occurred_at,
    cases.case_no,
    state_meanings.state_no,
    cast(coalesce(repeats.repeat, 0) as integer) as repeat,
from sound
inner join cases on sound.case_ref = cases.case_ref
inner join state_meanings on sound.state = state_meanings.state
left join repeats on sound.row_id = repeats.row_id
where not ($drop_repeats and coalesce(repeats.repeat, 0) > 0);
