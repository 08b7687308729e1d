-- grain: one row per delivery that may be tried now, the longest waiting first
select
    cast(outbox.notice_id as varchar) as notice_id,
    outbox.channel,
    outbox.person_id,
    outbox.idempotency_key,
    outbox.refused_count,
    notices.kind,
    notices.what,
    notices.by_id,
    notices.percent,
    notices.due_at,
    notices.made_at,
    notices.read_at is not null as is_read,
    tickets.number,
    coalesce(agents.name, notices.by_id) as by_name,
from outbox
inner join notices on outbox.notice_id = notices.id
inner join tickets on notices.ticket_id = tickets.id
left join agents on notices.by_id = agents.id
where outbox.status = 'waiting' and outbox.next_attempt_at <= $now
order by outbox.next_attempt_at, outbox.notice_id, outbox.channel
limit $row_limit;
