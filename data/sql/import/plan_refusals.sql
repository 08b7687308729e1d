-- grain: one row per new row of a ticket that no longer follows its source, or that comes too late for its lifecycle
create or replace temp table plan_refusals as
with

taken_over as (
    select
        plan_cases.case_no,
        any_value(tickets.number) as number,
    from plan_cases
    inner join tickets on plan_cases.known_id = tickets.id
    inner join events on tickets.id = events.ticket_id
    where
        not plan_cases.is_new
        and (
            (events.is_visit and not starts_with(events.recorded_by, 'import:'))
            or ($is_declared and tickets.category <> $name)
        )
    group by plan_cases.case_no
)

select
    rows.line,
    plan_new.row_id,
    '' as column_name,
    taken_over.case_no is not null as is_taken_over,
    taken_over.number,
    case
        when taken_over.case_no is not null
            then concat(
                'the desk has taken the case over as ticket ', taken_over.number, ', which follows its source no more'
            )
        else
            concat(
                'the event lies before what the desk knows of the case, ',
                'and a history on a declared lifecycle grows at its end'
            )
    end as reason,
from plan_new
inner join plan_cases on plan_new.case_no = plan_cases.case_no
inner join importing.rows on plan_new.row_id = rows.rowid
left join plan_ends on plan_new.case_no = plan_ends.case_no
left join taken_over on plan_new.case_no = taken_over.case_no
where
    not plan_new.is_new
    and (taken_over.case_no is not null or ($is_declared and plan_new.occurred_at < plan_ends.imported_until));
