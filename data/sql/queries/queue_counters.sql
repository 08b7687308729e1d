-- grain: one row
select
    count(*) as all_count,
    count(*) filter (where is_open) as open_count,
    count(*) filter (where is_open and assignee_id = $agent_id) as mine_count,
    count(*) filter (where is_open_unassigned) as unassigned_count,
    count(*) filter (where is_open and team_id = $agent_team_id and team_id <> '') as team_count,
    count(*) filter (where is_ours) as ours_count,
    count(*) filter (where is_waiting) as waiting_count,
    count(*) filter (where is_with_buyer) as buyer_count,
    count(*) filter (where is_with_platform) as platform_count,
    count(*) filter (where is_due_soon) as due_soon_count,
    count(*) filter (where is_overdue) as overdue_count,
    count(*) filter (where not is_open and state_entered_at >= $recent_at) as recent_count,
    count(*) filter (where not is_open) as settled_count,
from mart_queue($now, $soon_at)
where
    (len($seller_ids) = 0 or list_contains($seller_ids, seller_id))
    and (len($team_ids) = 0 or list_contains($team_ids, team_id));
