-- grain: one row, when the newest event happened or, where that is later, when the one at $position (the last that
-- there is) was recorded; null on an empty desk
with newest as (
    select max(recorded_at) as recorded_at
    from events
    where position = $position
)

select greatest(max(last_event_at), (select newest.recorded_at from newest)) as newest_event_at
from tickets;
