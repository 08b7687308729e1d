-- grain: one row per notice of a person, the newest first
with mine as (
    select
        id,
        ticket_id,
        kind,
        what,
        by_id,
        percent,
        due_at,
        made_at,
        read_at is null as is_unread,
    from notices
    where
        person_id = $person_id
        and list_contains($kinds::varchar[], kind)
        and (read_at is null or not $is_unread_only)
    order by made_at desc, id desc
    limit $row_limit offset $row_offset
)

select
    cast(mine.id as varchar) as id,
    mine.kind,
    mine.what,
    mine.by_id,
    mine.percent,
    mine.due_at,
    mine.made_at,
    mine.is_unread,
    tickets.number,
    coalesce(agents.name, mine.by_id) as by_name,
from mine
inner join tickets on mine.ticket_id = tickets.id
left join agents on mine.by_id = agents.id
order by mine.made_at desc, mine.id desc;
