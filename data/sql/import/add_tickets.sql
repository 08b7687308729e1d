insert into tickets by name
select
    plan_tickets.ticket_id as id,
    plan_tickets.number,
    plan_tickets.category,
    plan_versions.version as lifecycle_version,
    plan_tickets.to_state as state,
    plan_tickets.kind as state_kind,
    plan_tickets.ball,
    plan_tickets.event_count as version,
    plan_tickets.first_at as opened_at,
    plan_tickets.entered_at as state_entered_at,
    plan_tickets.channel,
    plan_tickets.language,
    plan_tickets.priority,
    plan_tickets.seller_id,
    coalesce(plan_buyers.key, '') as buyer_key,
    plan_tickets.order_id,
    plan_tickets.posting_number,
    plan_tickets.product_id,
    plan_tickets.assignee_id,
    plan_tickets.team_id,
    '' as resolution_reason,
    $source as source,
    plan_tickets.case_ref as external_ref,
    false as is_synthetic,
    '[]' as tags,
    '[]' as flags,
    '{}' as counts,
    '{}' as clocks,
    '{}' as spent,
    null as next_due_at,
    '' as next_trigger,
    plan_tickets.last_at as last_event_at,
from plan_tickets
inner join plan_versions on plan_tickets.category = plan_versions.category
left join plan_buyers on plan_tickets.buyer = plan_buyers.buyer
where plan_tickets.is_new
order by plan_tickets.case_no;
