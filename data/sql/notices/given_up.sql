-- grain: one row per delivery that was given up since an instant, the newest first
select
    cast(outbox.notice_id as varchar) as notice_id,
    outbox.channel,
    outbox.person_id,
    coalesce(people.name, outbox.person_id) as person_name,
    outbox.refused_count,
    outbox.ended_at,
    outbox.reason,
    notices.kind,
    tickets.number,
from outbox
inner join notices on outbox.notice_id = notices.id
inner join tickets on notices.ticket_id = tickets.id
left join agents as people on outbox.person_id = people.id
where
    outbox.status = 'failed' and outbox.ended_at >= $since
    and (len($seller_ids::varchar[]) = 0 or list_contains($seller_ids::varchar[], tickets.seller_id))
    and (len($team_ids::varchar[]) = 0 or list_contains($team_ids::varchar[], tickets.team_id))
order by outbox.ended_at desc, outbox.notice_id asc, outbox.channel asc
limit $row_limit;
