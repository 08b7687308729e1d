-- grain: one row per warning that was acted on since an instant, the newest first
select
    tickets.number,
    cast(service_warnings.ticket_id as varchar) as ticket_id,
    service_warnings.target_kind,
    service_warnings.state,
    service_warnings.percent,
    service_warnings.due_at,
    service_warnings.fired_at,
    service_warnings.effect,
    service_warnings.outcome,
    tickets.category,
    tickets.assignee_id,
from service_warnings
inner join tickets on service_warnings.ticket_id = tickets.id
where
    service_warnings.fired_at >= $since
    and (len($categories) = 0 or list_contains($categories, tickets.category))
    and (len($seller_ids) = 0 or list_contains($seller_ids, tickets.seller_id))
    and (len($team_ids) = 0 or list_contains($team_ids, tickets.team_id))
order by service_warnings.fired_at desc, tickets.number asc, service_warnings.percent desc
limit $row_limit;
