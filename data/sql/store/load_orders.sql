-- the rows of the registered frame `incoming`, all at once; what is known already is replaced
insert or replace into orders by name
select *
from incoming;
