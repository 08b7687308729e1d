-- grain: one row
select count(*) as tickets_count
from int_stretches($as_of)
where
    settled_at is null
    and (len($categories) = 0 or list_contains($categories, category))
    and (len($seller_ids) = 0 or list_contains($seller_ids, seller_id))
    and (len($team_ids) = 0 or list_contains($team_ids, team_id));
