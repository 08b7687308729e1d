-- a delivery was refused: it waits for its next attempt, or is given up
update outbox
set
    status = $status,
    refused_count = $refused_count,
    next_attempt_at = $next_attempt_at,
    ended_at = $ended_at,
    reason = $reason
where notice_id = cast($notice_id as uuid) and channel = $channel and status = 'waiting';
