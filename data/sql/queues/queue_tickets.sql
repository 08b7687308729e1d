-- grain: one row per ticket of a queue, the nearest clock first; matched_count is how many the queue holds in all
with
named_states as (
    select
        category,
        version,
        state,
        case $language when 'ru' then label_ru when 'zh' then label_zh else label_en end as state_label,
    from lifecycle_states
),

named_categories as (
    select
        category,
        version,
        case $language when 'ru' then label_ru when 'zh' then label_zh else label_en end as category_label,
    from lifecycles
),

queue as (
    select *
    from tickets
    where
        case $view
            when 'resolved' then state_kind in ('done', 'final')
            when 'mine' then state_kind not in ('done', 'final') and assignee_id = $person_id
            when 'unassigned' then state_kind not in ('done', 'final') and assignee_id = ''
            when 'due' then state_kind not in ('done', 'final') and next_due_at < $soon
            when 'platform' then state_kind = 'platform'
            else state_kind not in ('done', 'final')
        end
        and ($category = '' or category = $category)
        and (len($seller_ids) = 0 or list_contains($seller_ids, seller_id))
        and (len($team_ids) = 0 or list_contains($team_ids, team_id))
)

select
    queue.id::varchar as ticket_id,
    queue.number,
    queue.category,
    coalesce(nullif(named_categories.category_label, ''), queue.category) as category_label,
    queue.state,
    queue.state_kind,
    coalesce(nullif(named_states.state_label, ''), queue.state) as state_label,
    queue.ball,
    queue.priority,
    queue.channel,
    coalesce(sellers.name, queue.seller_id) as seller_name,
    queue.assignee_id,
    coalesce(agents.name, queue.assignee_id) as assignee_name,
    coalesce(products.name, queue.external_ref) as subject,
    queue.opened_at,
    queue.last_event_at,
    queue.next_due_at,
    queue.next_trigger,
    count(*) over () as matched_count,
from queue
left join named_states
    on
        queue.category = named_states.category
        and queue.lifecycle_version = named_states.version
        and queue.state = named_states.state
left join named_categories
    on
        queue.category = named_categories.category
        and queue.lifecycle_version = named_categories.version
left join sellers on queue.seller_id = sellers.id
left join agents on queue.assignee_id = agents.id
left join products on queue.product_id = products.id
left join orders on queue.order_id = orders.id
where
    $search = ''
    or queue.number::varchar = $search
    or contains(lower(queue.external_ref), $search)
    or contains(lower(queue.posting_number), $search)
    or contains(lower(coalesce(orders.number, '')), $search)
    or contains(lower(coalesce(products.name, '')), $search)
    or contains(lower(coalesce(sellers.name, '')), $search)
order by
    $view = 'resolved' desc,
    if($view = 'resolved', queue.last_event_at, null) desc nulls last,
    queue.next_due_at asc nulls last,
    queue.opened_at asc,
    queue.number asc
limit $limit offset $offset
