-- what was read in the desk before it left has no need to leave
update outbox
set
    status = 'spared',
    ended_at = $now
where notice_id = cast($notice_id as uuid) and channel = $channel and status = 'waiting';
