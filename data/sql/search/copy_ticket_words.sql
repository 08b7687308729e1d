-- grain: one row per word of a ticket
create or replace temp table incoming_words as
select
    number,
    field,
    word,
from ticket_words;
