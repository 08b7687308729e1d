-- grain: one row per thing that tickets of the last days share with this one: posting, product, carrier, warehouse
with

recent as (
    select
        tickets.id,
        tickets.number,
        tickets.posting_number,
        tickets.product_id,
        tickets.state_kind,
    from tickets
    where
        tickets.opened_at >= $since
        and tickets.opened_at < $until
        and tickets.category = $category
        and tickets.id <> cast($ticket_id as uuid)
        and (len($seller_ids) = 0 or list_contains($seller_ids, tickets.seller_id))
        and (len($team_ids) = 0 or list_contains($team_ids, tickets.team_id))
),

placed as (
    select
        recent.id,
        recent.number,
        recent.state_kind,
        recent.posting_number,
        recent.product_id,
        postings.carrier,
        postings.warehouse,
    from recent
    left join postings on recent.posting_number = postings.number
),

shared as (
    select
        'posting' as shared_thing,
        number,
        state_kind,
    from placed
    where $posting_number <> '' and posting_number = $posting_number
    union all
    select
        'product' as shared_thing,
        number,
        state_kind,
    from placed
    where $product_id <> '' and product_id = $product_id
    union all
    select
        'carrier' as shared_thing,
        number,
        state_kind,
    from placed
    where $carrier <> '' and carrier = $carrier
    union all
    select
        'warehouse' as shared_thing,
        number,
        state_kind,
    from placed
    where $warehouse <> '' and warehouse = $warehouse
)

select
    shared_thing,
    count(*) as tickets_count,
    count(*) filter (where state_kind not in ('done', 'final')) as open_count,
    list_sort(max(number, 5)) as newest_numbers,
from shared
group by shared_thing
order by shared_thing;
