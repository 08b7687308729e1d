-- the rows of the registered frame `incoming`, all at once
insert into events by name
select *
from incoming;
