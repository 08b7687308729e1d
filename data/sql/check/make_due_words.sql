-- grain: one row per word of a ticket that the next search will add (`data.search_index`)
create or replace temp table due_words as
select distinct
    number,
    field,
    word,
from incoming_words;
