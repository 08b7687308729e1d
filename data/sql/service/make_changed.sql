-- grain: one row per ticket whose targets are out of date: something happened, or a clock that they run on was changed
create or replace temp table changed_tickets as
select ticket_id
from events
where position > $kept_up_to and position <= $newest
union
select ticket_id
from kept_targets
where calendar_id in (select unnest(cast($calendar_ids as varchar []))) and (ended_at is null or due_at >= $since);
