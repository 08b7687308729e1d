-- grain: one row per target of the deadline cohort whose pause still goes on, rightly or although the buyer has written
select
    case $grouping when 'agent' then assignee_id else seller_id end as group_key,
    calendar_id,
    last_event_at,
    is_in_excess,
from mart_targets_selected($as_of, $categories, $seller_ids, $team_ids)
where due_at >= $since and due_at < $until and ended_at is null and (is_paused or is_in_excess)
order by group_key, last_event_at;
