-- grain: one row per delivery that may be tried now, the longest waiting first
with due as (
    select
        notice_id,
        channel,
        person_id,
        idempotency_key,
        refused_count,
        next_attempt_at,
    from outbox
    where status = 'waiting' and next_attempt_at <= $now
    order by next_attempt_at, notice_id, channel
    limit $row_limit
)

select
    cast(due.notice_id as varchar) as notice_id,
    due.channel,
    due.person_id,
    due.idempotency_key,
    due.refused_count,
    notices.kind,
    notices.what,
    notices.by_id,
    notices.percent,
    notices.due_at,
    notices.made_at,
    notices.read_at is not null as is_read,
    coalesce(people.is_active, false) as is_here,
    tickets.number,
    tickets.seller_id,
    tickets.team_id,
    coalesce(agents.name, notices.by_id) as by_name,
from due
inner join notices on due.notice_id = notices.id
inner join tickets on notices.ticket_id = tickets.id
left join agents on notices.by_id = agents.id
left join agents as people on due.person_id = people.id
order by due.next_attempt_at, due.notice_id, due.channel;
