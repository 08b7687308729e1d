-- what is due to a person on a channel waits: it refused a letter, or their hours are over
update outbox
set next_attempt_at = $next_attempt_at
where person_id = $person_id and channel = $channel and status = 'waiting' and next_attempt_at <= $now;
