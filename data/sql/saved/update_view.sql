update saved_views
set
    name = $name,
    is_shared = $is_shared,
    conditions = $conditions,
    changed_at = $changed_at
where id = $id;
