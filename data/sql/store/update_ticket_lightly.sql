-- Of the same shape as update_ticket, where nothing else of the ticket changed: each column costs a write of its own.
update tickets
set
    version = $version,
    priority = $priority,
    assignee_id = $assignee_id,
    tags = $tags,
    last_event_at = greatest(last_event_at, $last_event_at)
where
    id = $id
    and version = $expected_version;
