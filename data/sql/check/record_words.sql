-- grain: one row per order, parcel, product or buyer whose words are not those of its name or number
with said as (
    select distinct
        record_id,
        field,
        word,
    from incoming_words
    where record_id is not null
),

kept as (
    select
        record_id,
        field,
        word,
    from record_words
),

different as (
    (
        select * from kept
        except all
        select * from said
    )
    union all
    (
        select * from said
        except all
        select * from kept
    )
)

select
    null as number,
    concat('record_words, ', field, ' ', record_id) as place,
    concat(count(*), ' words apart from its text') as found,
    'the words of its text' as expected,
from different
group by field, record_id
order by field, record_id;
