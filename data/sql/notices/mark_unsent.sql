-- what was read in the desk before it left need not leave, and what its person may not see must not
update outbox
set
    status = $status,
    ended_at = $now
where notice_id = cast($notice_id as uuid) and channel = $channel and status = 'waiting';
