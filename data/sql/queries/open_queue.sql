-- grain: one row per ticket of one page of the queue; what the searched number names comes first
with page_numbers as (
    select
        number,
        row_number() over () as place,
    from (
        select number
        from mart_queue_selected($asked)
        order by
            number in (select named.number from mart_named($exact::varchar) as named) desc,
            case $sort_by when 'nearest_clock' then next_due_at when 'oldest' then opened_at end asc nulls last,
            case $sort_by when 'newest' then opened_at when 'changed' then last_event_at end desc nulls last,
            case
                when $sort_by = 'priority'
                    then case priority when 'urgent' then 0 when 'high' then 1 when 'normal' then 2 else 3 end
            end asc nulls last,
            next_due_at asc nulls last,
            number desc
        limit $row_limit offset $row_offset
    ) as numbers
),

page as (
    select *
    from mart_queue($now, $soon_at)
    inner join page_numbers using (number)
),

first_messages as (
    select
        messages.ticket_id,
        arg_min(messages.text, messages.sent_at) as first_text,
    from messages
    semi join page on messages.ticket_id = page.id
    group by messages.ticket_id
)

select
    page.number,
    cast(page.id as varchar) as id,
    page.category,
    page.state,
    coalesce(mart_states.label_en, page.state) as label_en,
    coalesce(mart_states.label_ru, page.state) as label_ru,
    coalesce(mart_states.label_zh, page.state) as label_zh,
    page.kind,
    page.ball,
    page.priority,
    page.channel,
    page.language,
    page.seller_id,
    coalesce(sellers.name, page.seller_id) as seller_name,
    page.product_id,
    coalesce(products.name, '') as product_name,
    left(trim(regexp_replace(coalesce(first_messages.first_text, ''), '\s+', ' ', 'g')), 160) as first_message_excerpt,
    coalesce(orders.number, '') as order_number,
    page.posting_number,
    page.external_ref,
    page.opened_at,
    page.state_entered_at,
    page.last_event_at,
    page.next_due_at,
    page.next_trigger,
    page.is_open,
    page.is_overdue,
    page.is_due_soon,
    page.assignee_id,
    coalesce(agents.name, page.assignee_id) as assignee_name,
    page.version,
    page.is_synthetic,
from page
left join mart_states on page.category = mart_states.category and page.state = mart_states.state
left join sellers on page.seller_id = sellers.id
left join products on page.product_id = products.id
left join orders on page.order_id = orders.id
left join agents on page.assignee_id = agents.id
left join first_messages on page.id = first_messages.ticket_id
order by page.place;
