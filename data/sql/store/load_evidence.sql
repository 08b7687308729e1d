-- the rows of the registered frame `incoming`, all at once
insert into evidence by name
select *
from incoming;
