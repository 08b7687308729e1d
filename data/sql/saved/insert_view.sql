insert into saved_views (id, owner_id, name, is_shared, conditions, changed_at)
values ($id, $owner_id, $name, $is_shared, $conditions, $changed_at);
