-- grain: one row per approval that came by itself in [since, until), because nobody had decided; the newest first
select
    tickets.number,
    cast(events.ticket_id as varchar) as ticket_id,
    events.name as fired,
    events.occurred_at,
    tickets.category,
    tickets.assignee_id,
    tickets.seller_id,
from events
inner join tickets on events.ticket_id = tickets.id
where
    starts_with(events.name, 'auto_approve_')
    and events.occurred_at >= $since and events.occurred_at < $until
    and (len($categories) = 0 or list_contains($categories, tickets.category))
    and (len($seller_ids) = 0 or list_contains($seller_ids, tickets.seller_id))
    and (len($team_ids) = 0 or list_contains($team_ids, tickets.team_id))
    and ($assignee_id is null or tickets.assignee_id = $assignee_id)
order by events.occurred_at desc, tickets.number asc, events.seq asc;
