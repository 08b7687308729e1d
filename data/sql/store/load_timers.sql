-- the rows of the registered frame `incoming`, all at once
insert into timers by name
select *
from incoming;
