-- grain: one row per text by which a record is found
select
    id as record_id,
    'order' as field,
    number as found_text,
from orders
union all
select
    number as record_id,
    'tracking' as field,
    tracking_number as found_text,
from postings
where tracking_number <> ''
union all
select
    id as record_id,
    'product' as field,
    concat_ws(' ', id, name) as found_text,
from products
union all
select
    cast(id as varchar) as record_id,
    'claim' as field,
    external_ref as found_text,
from claims
where external_ref <> ''
union all
select
    buyer_key as record_id,
    'buyer' as field,
    name as found_text,
from buyer_persons
where name <> '';
