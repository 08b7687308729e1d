-- Of the same shape as update_ticket, where a step changed nothing else of the ticket: each column costs a write.
update tickets
set
    version = $version,
    state = $state,
    state_kind = $state_kind,
    ball = $ball,
    state_entered_at = $state_entered_at,
    resolution_reason = $resolution_reason,
    flags = $flags,
    counts = $counts,
    clocks = $clocks,
    spent = $spent,
    next_due_at = $next_due_at,
    next_trigger = $next_trigger,
    timers = $timers,
    last_event_at = greatest(last_event_at, $last_event_at)
where
    id = $id
    and version = $expected_version;
