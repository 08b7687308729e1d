-- grain: one row per ticket about a posting or about its order, oldest first
select id
from tickets
where
    (
        posting_number = $posting_number
        or ($order_id <> '' and order_id = $order_id)
        or order_id in (
            select postings.order_id
            from postings
            where postings.number = $posting_number and postings.order_id <> ''
        )
    )
    and (len($seller_ids::varchar[]) = 0 or list_contains($seller_ids::varchar[], seller_id))
    and (len($team_ids::varchar[]) = 0 or list_contains($team_ids::varchar[], team_id))
order by opened_at, id;
