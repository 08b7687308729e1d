insert into ticket_words
select distinct
    number,
    field,
    word,
from incoming_words
order by word, number, field;
