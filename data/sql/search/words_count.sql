-- grain: one row
select count(*) as words_count
from ticket_words;
