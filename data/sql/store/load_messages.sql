-- the rows of the registered frame `incoming`, all at once
insert into messages by name
select *
from incoming;
