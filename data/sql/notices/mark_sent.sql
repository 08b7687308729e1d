-- a delivery was accepted
update outbox
set
    status = 'sent',
    ended_at = $now,
    reason = ''
where notice_id = cast($notice_id as uuid) and channel = $channel and status = 'waiting';
