insert into events by name
select
    $first_position + plan_steps.rowid - (select min(earliest.rowid) from plan_steps as earliest) as position,
    plan_tickets.ticket_id,
    cast(plan_tickets.version + plan_steps.step_no as integer) as seq,
    $kind as kind,
    rows.activity as name,
    plan_tickets.category,
    plan_versions.version as lifecycle_version,
    coalesce(lefts.to_state, plan_ends.to_state, '') as from_state,
    coalesce(lefts.kind, plan_ends.to_kind, '') as from_kind,
    states.to_state,
    states.kind as to_kind,
    states.ball as to_ball,
    coalesce(activity_meanings.actor_role, $role) as actor_role,
    coalesce(rows.resource, '') as actor_id,
    concat('import:', $source::varchar) as recorded_by,
    plan_steps.occurred_at,
    $now::timestamp as recorded_at,
    plan_steps.is_visit,
    coalesce(activity_meanings.is_public_reply, false) as is_public_reply,
    coalesce(activity_meanings.actor_role, $role) = 'buyer' as is_buyer_message,
    plan_steps.is_conforming,
    case
        when plan_steps.is_visit
            then (
                epoch_us(plan_steps.occurred_at) - epoch_us(coalesce(plan_steps.entered_at, plan_ends.entered_at))
            ) / 1000000
    end as state_seconds,
    case
        when births.payload is null and rows.attributes is null then cast('{}' as json)
        when births.payload is null then cast(concat('{"attributes":', rows.attributes, '}') as json)
        when rows.attributes is null then births.payload
        else cast(concat('{"attributes":', rows.attributes, ',', substring(births.payload, 2)) as json)
    end as payload,
    1 as payload_version,
from plan_steps
inner join importing.rows on plan_steps.row_id = rows.rowid
inner join plan_tickets on plan_steps.case_no = plan_tickets.case_no
inner join plan_versions on plan_tickets.category = plan_versions.category
inner join importing.state_meanings as states on plan_steps.state_no = states.state_no
left join importing.state_meanings as lefts on plan_steps.left_state_no = lefts.state_no
left join plan_births as births on plan_steps.case_no = births.case_no and plan_steps.step_no = births.step_no
left join plan_ends on plan_steps.case_no = plan_ends.case_no
left join importing.activity_meanings on rows.activity = activity_meanings.activity;
