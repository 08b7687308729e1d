-- Must be refused by the key: the same event a second time. Run in a transaction that is undone in any case.
insert into events
select *
from events
where ticket_id = $ticket_id and seq = $seq;
