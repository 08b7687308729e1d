insert into reply_template_versions (
    template_id,
    language,
    version,
    name,
    category,
    text,
    is_active,
    saved_at,
    saved_by
)
values ($template_id, $language, $version, $name, $category, $text, $is_active, $saved_at, $saved_by);
