-- grain: one row
select
    count(*) as tickets_count,
    min(opened_at) as first_opened_at,
    max(opened_at) as last_opened_at,
    max(last_event_at) as last_event_at,
from tickets
where
    (len($categories) = 0 or list_contains($categories, category))
    and (len($seller_ids) = 0 or list_contains($seller_ids, seller_id))
    and (len($team_ids) = 0 or list_contains($team_ids, team_id));
