-- grain: one row per ticket of one page of the queue; what the searched number names comes first
with places as (
    select
        *,
        row_number() over () as place,
    from mart_queue_ordered($asked, $exact::varchar, $sort_by, $row_limit, $row_offset)
),

-- Only of these is more read than what the order needs.
page as (
    select
        tickets.*,
        places.* exclude (number),
        int_overdue_trigger(
            state_kind, flags, spent, clocks, ball, state_entered_at, category, lifecycle_version, $breaches
        ) as run_out,
        int_written_to(state_kind, flags, last_event_at, $asked['written_since']) as is_written_to,
        int_overdue(is_open, nearest_due_at, run_out, $asked['now']) as is_overdue,
        int_due_soon(is_open, is_overdue, is_written_to, nearest_due_at, $asked['soon_at']) as is_due_soon,
    from places
    inner join tickets on places.number = tickets.number
),

first_messages as (
    select
        ticket_id,
        arg_min(text, sent_at) as first_text,
    from messages
    where ticket_id in (select page.id from page)
    group by ticket_id
)

select
    page.number,
    page.nearest_due_at,
    int_target_kind(page.nearest_target_place) as nearest_target_kind,
    if(page.is_written_to, 'buyer_wrote_again', page.run_out) as overdue_trigger,
    page.is_open,
    page.is_overdue,
    page.is_due_soon,
    cast(page.id as varchar) as id,
    page.category,
    page.state,
    coalesce(mart_states.label_en, page.state) as label_en,
    coalesce(mart_states.label_ru, page.state) as label_ru,
    coalesce(mart_states.label_zh, page.state) as label_zh,
    page.state_kind as kind,
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
