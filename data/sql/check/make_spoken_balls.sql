-- grain: one row per event whose row of the table lets an input say who must act, or that a late such act corrected
create or replace temp table spoken_balls as
with

said as (
    select
        unnest($categories::varchar[]) as category,
        unnest($versions::integer[]) as lifecycle_version,
        unnest($triggers::varchar[]) as name,
        unnest($froms::varchar[]) as from_state,
        unnest($tos::varchar[]) as to_state,
        unnest($inputs::varchar[]) as input_name,
)

select
    events.ticket_id,
    events.seq,
    events.to_ball,
    case
        when events.kind = 'correction' then events.to_ball
        else (events.payload -> 'inputs') ->> said.input_name
    end as ball,
from events
inner join said using (category, lifecycle_version, name, to_state)
where
    events.kind = 'correction'
    or events.kind = 'transition' and events.from_state = said.from_state;
