-- grain: one row per category that has a ticket, its newest name
select
    lifecycles.category,
    arg_max(
        case $language
            when 'ru' then lifecycles.label_ru
            when 'zh' then lifecycles.label_zh
            else lifecycles.label_en
        end,
        lifecycles.version
    ) as category_label,
from lifecycles
where lifecycles.category in (select tickets.category from tickets)
group by lifecycles.category
order by lifecycles.category
