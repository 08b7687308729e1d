insert into incoming_words by name
select *
from incoming;
