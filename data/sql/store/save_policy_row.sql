insert into policy_rows (id, key, budget_seconds, valid_from, source, conditions)
values ($id, $key, $budget_seconds, $valid_from, $source, $conditions)
on conflict (id) do update
    set
        key = excluded.key,
        budget_seconds = excluded.budget_seconds,
        valid_from = excluded.valid_from,
        source = excluded.source,
        conditions = excluded.conditions;
