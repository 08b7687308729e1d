-- the rows of the registered frame `incoming`, all at once
insert into claims by name
select *
from incoming;
