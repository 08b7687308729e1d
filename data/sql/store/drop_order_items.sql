-- the lines that an order no longer has
delete from order_items
where order_id = $order_id and line > $line_count;
