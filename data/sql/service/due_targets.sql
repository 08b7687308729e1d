-- grain: one row per target that runs at the horizon with a deadline after from_at and before until, the nearest first
with due as materialized (
    select *
    from mart_targets_selected($as_of, $categories, $seller_ids, $team_ids)
    where
        ended_at is null
        and due_at > $due_after and due_at < $until
        and ($target_kind = '' or target_kind = $target_kind)
    order by due_at asc, number asc, target_kind asc
    limit $row_limit offset $row_offset
)

select
    due.number,
    cast(due.ticket_id as varchar) as ticket_id,
    due.target_kind,
    due.state as target_state,
    due.turn,
    due.policy_version,
    due.policy_id,
    due.calendar_id,
    due.category,
    due.priority,
    due.assignee_id,
    due.seller_id,
    due.started_at,
    due.due_at,
    due.status,
    due.budget_microseconds,
    tickets.state as ticket_state,
    tickets.ball,
from due
inner join tickets on due.ticket_id = tickets.id
order by due.due_at asc, due.number asc, due.target_kind asc;
