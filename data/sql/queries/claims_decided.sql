-- grain: one row: the claims decided in [since, until), and those approved because nobody decided in time
with deciding as (
    select
        events.actor_role,
        coalesce(cast(json_extract(events.payload, '$.stops') as varchar[]), []) as stopped,
        list_contains(coalesce(cast(json_extract(events.payload, '$.raises') as varchar[]), []), 'auto_approved')
            as is_auto,
    from events
    inner join tickets on events.ticket_id = tickets.id
    where
        events.is_visit
        and events.occurred_at >= $since and events.occurred_at < least($until, $as_of)
        and (len($categories) = 0 or list_contains($categories, events.category))
        and (len($seller_ids) = 0 or list_contains($seller_ids, tickets.seller_id))
        and (len($team_ids) = 0 or list_contains($team_ids, tickets.team_id))
)

select
    count(*) as decisions_count,
    count(*) filter (where is_auto) as auto_decisions_count,
from deciding
where
    list_contains(stopped, 'decision')
    or (list_contains(stopped, 'auto_approve') and (actor_role = 'seller_agent' or is_auto));
