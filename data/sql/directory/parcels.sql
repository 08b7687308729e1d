-- grain: one row per parcel of an order, in the order of their numbers
select number
from postings
where order_id = $order_id
order by number asc
