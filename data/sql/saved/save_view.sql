insert into saved_views (id, owner_id, name, is_shared, conditions, changed_at)
values ($id, $owner_id, $name, $is_shared, $conditions, $changed_at)
on conflict (id) do update
    set
        name = excluded.name,
        is_shared = excluded.is_shared,
        conditions = excluded.conditions,
        changed_at = excluded.changed_at;
