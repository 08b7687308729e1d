-- what was given up since an instant is tried again from now on
update outbox
set
    status = 'waiting',
    refused_count = 0,
    next_attempt_at = $now,
    ended_at = null
where status = 'failed' and ended_at >= $since;
