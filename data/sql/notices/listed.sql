-- grain: one row per notice of a person about a ticket within the scope, the newest first
with mine as (
    select
        notices.id,
        notices.kind,
        notices.what,
        notices.by_id,
        notices.percent,
        notices.due_at,
        notices.made_at,
        notices.read_at is null as is_unread,
        tickets.number,
        tickets.product_id,
    from notices
    inner join tickets on notices.ticket_id = tickets.id
    where
        notices.person_id = $person_id
        and list_contains($kinds::varchar[], notices.kind)
        and (notices.read_at is null or not $is_unread_only)
        and (len($seller_ids::varchar[]) = 0 or list_contains($seller_ids::varchar[], tickets.seller_id))
        and (len($team_ids::varchar[]) = 0 or list_contains($team_ids::varchar[], tickets.team_id))
    order by notices.made_at desc, notices.id desc
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
    mine.number,
    coalesce(agents.name, mine.by_id) as by_name,
    coalesce(products.name, '') as product_name,
from mine
left join products on mine.product_id = products.id
left join agents on mine.by_id = agents.id
order by mine.made_at desc, mine.id desc;
