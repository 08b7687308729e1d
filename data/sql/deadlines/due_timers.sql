-- grain: one row per ticket and consequence whose clock runs out in [from_at, until), what is decided for us first
with armed as (
    select
        ticket_id,
        trigger,
        anchor_at,
        due_at,
        policy_id,
        starts_with(trigger, 'auto_approve_') as is_decided_for_us,
    from stg_timers
    where
        next_due_at < $until
        and due_at >= $from_at and due_at < $until
        and ($trigger = '' or trigger = $trigger)
    qualify row_number() over (partition by ticket_id, trigger order by due_at, policy_id) = 1
)

select
    tickets.number,
    cast(armed.ticket_id as varchar) as ticket_id,
    armed.trigger,
    armed.is_decided_for_us,
    armed.anchor_at,
    armed.due_at,
    armed.policy_id,
    coalesce(policy_rows.source, '') as source,
    tickets.category,
    tickets.state,
    coalesce(mart_states.label_en, tickets.state) as label_en,
    coalesce(mart_states.label_ru, tickets.state) as label_ru,
    coalesce(mart_states.label_zh, tickets.state) as label_zh,
    tickets.state_kind as kind,
    tickets.ball,
    tickets.priority,
    tickets.assignee_id,
    tickets.seller_id,
    coalesce(products.name, '') as product_name,
from armed
inner join tickets on armed.ticket_id = tickets.id
left join policy_rows on armed.policy_id = policy_rows.id
left join mart_states on tickets.category = mart_states.category and tickets.state = mart_states.state
left join products on tickets.product_id = products.id
where
    (len($categories) = 0 or list_contains($categories, tickets.category))
    and (len($seller_ids) = 0 or list_contains($seller_ids, tickets.seller_id))
    and (len($team_ids) = 0 or list_contains($team_ids, tickets.team_id))
    and ($assignee_id is null or tickets.assignee_id = $assignee_id)
order by
    armed.is_decided_for_us and not $is_by_instant desc, armed.due_at asc, tickets.number asc, armed.trigger asc
limit $row_limit;
