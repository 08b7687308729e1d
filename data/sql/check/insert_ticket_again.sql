-- Must be refused by the key: the same ticket a second time. Run in a transaction that is undone in any case.
insert into tickets
select *
from tickets
where id = $ticket_id;
