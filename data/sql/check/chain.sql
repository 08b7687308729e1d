-- grain: one row per event that does not begin where the event before it ended, or that misstates the time spent there
select
    tickets.number,
    concat('events.', case when is_torn then 'from_state' else 'state_seconds' end, ' of event ', odd_steps.seq)
        as place,
    case when is_torn then concat(from_state, ' (', from_kind, ')') else cast(state_seconds as varchar) end as found,
    case when is_torn then concat(left_state, ' (', left_kind, ')') else cast(real_seconds as varchar) end as expected,
from odd_steps
left join tickets on odd_steps.ticket_id = tickets.id
where is_torn or state_seconds is distinct from real_seconds
order by tickets.number, odd_steps.seq;
