-- grain: one row per call of the expression: the same of a row of `tickets`
create or replace macro int_overdue_trigger_of(ticket, breaches) as
int_overdue_trigger(
    ticket.state_kind,
    ticket.flags,
    ticket.spent,
    ticket.clocks,
    ticket.ball,
    ticket.state_entered_at,
    ticket.category,
    ticket.lifecycle_version,
    breaches
);
