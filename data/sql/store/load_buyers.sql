-- the rows of the registered frame `incoming`, all at once; a buyer who is known already stays as first seen
insert or ignore into buyers by name
select *
from incoming;
