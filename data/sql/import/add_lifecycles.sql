insert into lifecycles by name
select
    category,
    version,
    true as is_observed,
    case when category = $name then $label_en else category end as label_en,
    case when category = $name then $label_ru else category end as label_ru,
    case when category = $name then $label_zh else category end as label_zh,
    $mapping as source,
    $now::timestamp as added_at,
from plan_versions
where is_new;
