-- grain: one row, the order's parcel whose status changed last but for some, as JSON, or none
select to_json(postings) as record
from postings
where order_id = $order_id and not list_contains($but_for::varchar[], number)
order by
    status_changed_at desc,
    number desc
limit 1;
