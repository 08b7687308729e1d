-- grain: one row per event that begins a visit without a move, moves without a visit, or stays and passes the ball on
select
    tickets.number,
    concat('events.is_visit of event ', odd_steps.seq) as place,
    cast(is_visit as varchar) as found,
    cast(is_entry as varchar) as expected,
from odd_steps
left join tickets on odd_steps.ticket_id = tickets.id
where is_visit <> is_entry and not (is_visit and is_observed)
union all
select
    tickets.number,
    concat('events.to_ball of event ', odd_steps.seq) as place,
    to_ball as found,
    left_ball as expected,
from odd_steps
left join tickets on odd_steps.ticket_id = tickets.id
anti join spoken_balls on odd_steps.ticket_id = spoken_balls.ticket_id and odd_steps.seq = spoken_balls.seq
where not is_entry and not is_observed and to_ball <> left_ball
order by number, place;
