insert into kept_stretches by name
select *
from log_stretches_of(cast('infinity' as timestamp), 'changed_log')
order by opened_at, ticket_id;
