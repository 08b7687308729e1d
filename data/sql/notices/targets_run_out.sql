-- grain: one row per target that was missed with a deadline in (since, until]; histories from elsewhere miss nothing
select
    cast(kept_targets.ticket_id as varchar) as ticket_id,
    kept_targets.target_kind as what,
    kept_targets.due_at,
    tickets.assignee_id,
    tickets.team_id,
from kept_targets
inner join tickets on kept_targets.ticket_id = tickets.id
where
    kept_targets.due_at > $since and kept_targets.due_at <= $until
    and (kept_targets.ended_at is null or kept_targets.due_at <= kept_targets.ended_at)
    and (tickets.source = '' or contains(cast(tickets.flags as varchar), '"taken_over"'))
order by kept_targets.due_at, kept_targets.ticket_id, kept_targets.target_kind;
