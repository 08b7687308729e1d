insert into kept_tickets by name
select *
from log_tickets_of(cast('infinity' as timestamp), 'changed_log')
order by opened_at, ticket_id;
