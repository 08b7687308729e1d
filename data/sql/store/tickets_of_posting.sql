-- grain: one row per ticket about a posting, oldest first
select id
from tickets
where
    posting_number = $posting_number
    and (len($seller_ids::varchar[]) = 0 or list_contains($seller_ids::varchar[], seller_id))
    and (len($team_ids::varchar[]) = 0 or list_contains($team_ids::varchar[], team_id))
order by opened_at, id;
