-- grain: one row
select
    count(*) as tickets_count,
    count(*) filter (where state_kind not in ('done', 'final')) as open_tickets_count,
    count(*) filter (where is_synthetic) as synthetic_tickets_count,
    coalesce(bool_or(is_synthetic), false) as is_synthetic,
    count(distinct category) as categories_count,
    cast(coalesce(sum(version), 0) as bigint) as events_count,
    min(opened_at) as first_opened_at,
    max(last_event_at) as last_event_at,
from tickets
where
    (len($seller_ids) = 0 or list_contains($seller_ids, seller_id))
    and (len($team_ids) = 0 or list_contains($team_ids, team_id));
