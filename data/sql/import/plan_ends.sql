-- grain: one row per ticket of the file that is here already: where its log ends, and where its visit began
create or replace temp table plan_ends as
select
    plan_cases.case_no,
    arg_max(events.to_state, events.seq) as to_state,
    arg_max(events.to_kind, events.seq) as to_kind,
    arg_max(events.occurred_at, events.seq) filter (where events.is_visit) as entered_at,
    max(events.occurred_at) filter (where starts_with(events.recorded_by, 'import:')) as imported_until,
    min(events.payload -> 'ticket') as born,
from plan_cases
inner join events on plan_cases.known_id = events.ticket_id
group by plan_cases.case_no;
