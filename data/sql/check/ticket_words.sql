-- grain: one row per ticket whose words are not those of its numbers and messages
with kept as (
    select distinct
        number,
        field,
        word,
    from ticket_words
    union
    select *
    from due_words
),

said as (
    select distinct
        number,
        field,
        word,
    from incoming_words
    where number is not null
),

different as (
    (
        select * from kept
        except
        select * from said
    )
    union all
    (
        select * from said
        except
        select * from kept
    )
)

select
    number,
    'ticket_words' as place,
    concat(count(*), ' words apart from its texts') as found,
    'the words of its texts' as expected,
from different
group by number
order by number;
