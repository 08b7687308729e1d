-- grain: one row per parcel with this number or of this order; `place` is the order in which they were written
select
    *,
    rowid as place,
from postings
where number = $posting_number or order_id = $order_id;
