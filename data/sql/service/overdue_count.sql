-- grain: one row: how many targets were missed by the horizon and still run
select count(*) as targets_count
from mart_targets_selected($as_of, $categories, $seller_ids, $team_ids)
where ended_at is null and due_at < $as_of;
