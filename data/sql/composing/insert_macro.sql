insert into macro_versions (macro_id, version, name, document, is_active, saved_at, saved_by)
values ($macro_id, $version, $name, $document, $is_active, $saved_at, $saved_by);
