insert into timers (
    ticket_id,
    trigger,
    clock,
    anchor_at,
    due_at,
    policy_id
)
values (
    $ticket_id,
    $trigger,
    $clock,
    $anchor_at,
    $due_at,
    $policy_id
);
