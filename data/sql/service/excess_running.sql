-- grain: one row per target of the deadline cohort whose wait for the buyer still goes on although they have written
select
    case $grouping when 'agent' then assignee_id else seller_id end as group_key,
    calendar_id,
    ended_at,
    is_paused,
    last_event_at,
from mart_targets_selected($as_of, $categories, $seller_ids, $team_ids)
where due_at >= $since and due_at < $until and is_in_excess
order by group_key, last_event_at;
