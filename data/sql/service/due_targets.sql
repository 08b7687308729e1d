-- grain: one row per target that runs at the horizon with a deadline after from_at and before until, the nearest first
select
    judged.number,
    cast(judged.ticket_id as varchar) as ticket_id,
    judged.target_kind,
    judged.state as target_state,
    judged.turn,
    judged.policy_version,
    judged.policy_id,
    judged.calendar_id,
    judged.category,
    judged.priority,
    judged.assignee_id,
    judged.seller_id,
    judged.started_at,
    judged.due_at,
    judged.status,
    judged.budget_microseconds,
    tickets.state as ticket_state,
    tickets.ball,
from mart_targets_selected($as_of, $categories, $seller_ids, $team_ids) as judged
inner join tickets on judged.ticket_id = tickets.id
where
    judged.ended_at is null
    and judged.due_at > $due_after and judged.due_at < $until
    and ($target_kind = '' or judged.target_kind = $target_kind)
order by judged.due_at asc, judged.number asc, judged.target_kind asc
limit $row_limit offset $row_offset;
