-- grain: one row per target that runs at the horizon with a deadline after from_at and before until, the nearest first
select
    target.number,
    cast(target.ticket_id as varchar) as ticket_id,
    target.target_kind,
    target.state as target_state,
    target.turn,
    target.policy_version,
    target.policy_id,
    target.calendar_id,
    target.category,
    target.priority,
    target.assignee_id,
    target.seller_id,
    target.started_at,
    target.due_at,
    target.status,
    target.budget_microseconds,
    tickets.state as ticket_state,
    tickets.ball,
from mart_targets_selected($as_of, $categories, $seller_ids, $team_ids) as target
inner join tickets on target.ticket_id = tickets.id
where
    target.ended_at is null
    and target.due_at > $due_after and target.due_at < $until
    and ($target_kind = '' or target.target_kind = $target_kind)
order by target.due_at asc, target.number asc, target.target_kind asc
limit $row_limit offset $row_offset;
