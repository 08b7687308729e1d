-- grain: one row per reply template and language, its newest version
select
    template_id,
    language,
    name,
    text,
    category,
    version,
    is_active,
from reply_template_versions
qualify row_number() over (partition by template_id, language order by version desc) = 1
order by name, template_id, language;
