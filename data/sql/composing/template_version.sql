-- grain: one row, the newest version of a template in a language; 0 where there is none
select coalesce(max(version), 0) as version,
from reply_template_versions
where template_id = $template_id and language = $language;
