-- grain: one row per ticket whose earliest timer is due, the earliest first
select
    next_due_at,
    id,
from tickets
where
    next_due_at <= $now
    and (len($seller_ids::varchar[]) = 0 or list_contains($seller_ids::varchar[], seller_id))
    and (len($team_ids::varchar[]) = 0 or list_contains($team_ids::varchar[], team_id))
order by next_due_at, id
limit $limit;
