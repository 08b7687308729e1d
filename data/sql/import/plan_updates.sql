-- grain: one row per known ticket that gets events: what its row becomes
create or replace temp table plan_updates as
select
    plan_tickets.ticket_id,
    plan_tickets.version,
    plan_tickets.version + plan_tickets.event_count as new_version,
    plan_tickets.first_at,
    plan_tickets.last_at,
    plan_tickets.last_at >= plan_ends.imported_until as is_later,
    if(is_later, plan_tickets.category, tickets.category) as category,
    if(is_later, plan_versions.version, tickets.lifecycle_version) as lifecycle_version,
    if(is_later, plan_tickets.to_state, tickets.state) as state,
    if(is_later, plan_tickets.kind, tickets.state_kind) as kind,
    if(is_later, plan_tickets.ball, tickets.ball) as ball,
    if(is_later, coalesce(plan_tickets.entered_at, tickets.state_entered_at), tickets.state_entered_at) as entered_at,
from plan_tickets
inner join plan_ends on plan_tickets.case_no = plan_ends.case_no
inner join tickets on plan_tickets.ticket_id = tickets.id
inner join plan_versions on plan_tickets.category = plan_versions.category
where not plan_tickets.is_new;
