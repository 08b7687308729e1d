insert into record_words
select distinct
    record_id,
    field,
    word,
from incoming_words
order by word, record_id, field;
