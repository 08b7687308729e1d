-- grain: one row per published version of the policies
select
    version,
    valid_from,
    cast(document as varchar) as document_text,
    published_at,
    published_by,
    note,
from service_policy_versions
order by version;
