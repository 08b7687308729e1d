-- the rows of the registered frame `incoming`, all at once
insert into ticket_links by name
select *
from incoming;
