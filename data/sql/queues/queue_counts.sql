-- grain: one row, how many tickets each queue holds
select
    count(*) filter (where state_kind not in ('done', 'final')) as open_count,
    count(*) filter (where state_kind not in ('done', 'final') and assignee_id = $person_id) as mine_count,
    count(*) filter (where state_kind not in ('done', 'final') and assignee_id = '') as unassigned_count,
    count(*) filter (where state_kind not in ('done', 'final') and next_due_at < $soon) as due_count,
    count(*) filter (where state_kind = 'platform') as platform_count,
    count(*) filter (where state_kind in ('done', 'final')) as resolved_count,
from tickets
where
    ($category = '' or category = $category)
    and (len($seller_ids) = 0 or list_contains($seller_ids, seller_id))
    and (len($team_ids) = 0 or list_contains($team_ids, team_id))
