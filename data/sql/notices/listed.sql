-- grain: one row per notice of a person, the newest first
select
    cast(notices.id as varchar) as id,
    notices.kind,
    notices.what,
    notices.by_id,
    notices.percent,
    notices.due_at,
    notices.made_at,
    notices.read_at is null as is_unread,
    tickets.number,
    coalesce(agents.name, notices.by_id) as by_name,
from notices
inner join tickets on notices.ticket_id = tickets.id
left join agents on notices.by_id = agents.id
where
    notices.person_id = $person_id
    and list_contains($kinds::varchar[], notices.kind)
    and (notices.read_at is null or not $is_unread_only)
order by notices.made_at desc, notices.id desc
limit $row_limit offset $row_offset;
