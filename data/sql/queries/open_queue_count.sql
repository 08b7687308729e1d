-- grain: one row
select count(*) as tickets_count
from mart_queue_selected(
    $now, $soon_at, $view, $agent_id, $categories, $states, $numbers, $assignee_id, $search, $seller_ids, $team_ids
);
