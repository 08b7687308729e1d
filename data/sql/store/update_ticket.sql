-- The one shape of update on the ticket row: plain, no list and no indexed column, the old version in its `where`.
-- Its count is asserted to be 1 (DECISIONS: Storage rules). Lines of columns that did not change are left out.
update tickets
set
    category = $category,
    lifecycle_version = $lifecycle_version,
    state = $state,
    state_kind = $state_kind,
    ball = $ball,
    version = $version,
    state_entered_at = $state_entered_at,
    channel = $channel,
    language = $language,
    priority = $priority,
    seller_id = $seller_id,
    buyer_key = $buyer_key,
    order_id = $order_id,
    posting_number = $posting_number,
    product_id = $product_id,
    assignee_id = $assignee_id,
    team_id = $team_id,
    resolution_reason = $resolution_reason,
    tags = $tags,
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
