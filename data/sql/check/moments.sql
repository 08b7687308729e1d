-- grain: one row per event that was recorded well before the one before it, or before it happened
-- Of two acts at the same time the one that looked at the clock first may be written second: a minute is allowed.
-- The clock of a history from elsewhere is not the desk's: its events may lie ahead of their recording.
select
    tickets.number,
    concat('events.recorded_at of event ', odd_steps.seq) as place,
    cast(recorded_at as varchar) as found,
    concat(told_at, ' or later') as expected,
from odd_steps
left join tickets on odd_steps.ticket_id = tickets.id
where recorded_at < told_at - interval 1 minute
union all
select
    tickets.number,
    concat('events.occurred_at of event ', odd_steps.seq) as place,
    cast(occurred_at as varchar) as found,
    concat(recorded_at, ' or earlier') as expected,
from odd_steps
left join tickets on odd_steps.ticket_id = tickets.id
where occurred_at > recorded_at and not is_observed
order by number, place;
