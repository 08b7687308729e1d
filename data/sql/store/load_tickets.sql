-- the rows of the registered frame `incoming`, all at once
insert into tickets by name
select *
from incoming;
