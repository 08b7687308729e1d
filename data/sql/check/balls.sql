-- grain: one row per event that enters a state and leaves the ball with somebody who never has it there
with

odd as (
    select distinct
        category,
        lifecycle_version,
        to_state,
        to_ball,
    from events
    anti join known_balls
        on
            events.category = known_balls.category
            and events.lifecycle_version = known_balls.version
            and events.to_state = known_balls.state
            and events.to_ball = known_balls.ball
    semi join known_balls as told
        on
            events.category = told.category
            and events.lifecycle_version = told.version
            and events.to_state = told.state
),

expected as (
    select
        category,
        version,
        state,
        string_agg(ball, ' or ' order by ball) as balls,
    from known_balls
    group by category, version, state
)

select
    tickets.number,
    concat('events.to_ball of event ', events.seq) as place,
    events.to_ball as found,
    expected.balls as expected,
from events
inner join odd using (category, lifecycle_version, to_state, to_ball)
anti join spoken_balls on events.ticket_id = spoken_balls.ticket_id and events.seq = spoken_balls.seq
left join tickets on events.ticket_id = tickets.id
inner join expected
    on
        events.category = expected.category
        and events.lifecycle_version = expected.version
        and events.to_state = expected.state
where events.is_visit
union all
select
    tickets.number,
    concat('events.to_ball of event ', spoken_balls.seq) as place,
    spoken_balls.to_ball as found,
    spoken_balls.ball as expected,
from spoken_balls
left join tickets on spoken_balls.ticket_id = tickets.id
where spoken_balls.to_ball is distinct from spoken_balls.ball
order by number, place;
