-- A ticket that grows: its present is the latest event in time. Same shape as store/update_ticket.
update tickets
set
    category = plan.category,
    lifecycle_version = plan.lifecycle_version,
    state = plan.state,
    state_kind = plan.kind,
    ball = plan.ball,
    version = plan.new_version,
    opened_at = least(tickets.opened_at, plan.first_at),
    state_entered_at = plan.entered_at,
    last_event_at = greatest(tickets.last_event_at, plan.last_at)
from plan_updates as plan
where tickets.id = plan.ticket_id and tickets.version = plan.version;
