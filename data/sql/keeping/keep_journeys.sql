insert into kept_journeys by name
select *
from log_journeys_of(cast('infinity' as timestamp), 'changed_log', 'kept_states')
order by opened_at, ticket_id;
