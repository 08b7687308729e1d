-- grain: one row per case of the file that is here on another lifecycle than the mapping's, or in another manner
select
    plan_cases.case_ref,
    tickets.number,
    events.category,
    events.kind = 'observed' as is_observed,
from plan_cases
inner join tickets on plan_cases.known_id = tickets.id
inner join events on plan_cases.known_id = events.ticket_id
where
    events.seq = 1
    and starts_with(events.recorded_by, 'import:')
    and (events.kind <> $kind or ($kind <> 'observed' and events.category <> $name))
order by tickets.number
limit 1;
