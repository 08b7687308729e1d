-- grain: one row, the product, or none
select *
from products
where id = $product_id;
