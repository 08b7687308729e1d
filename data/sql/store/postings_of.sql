-- grain: one row per parcel of an order
select *
from postings
where order_id = $order_id;
