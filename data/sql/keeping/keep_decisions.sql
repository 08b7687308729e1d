insert into kept_decisions by name
select *
from log_decisions_of(cast('infinity' as timestamp), 'changed_log')
order by decided_at, ticket_id;
