-- grain: one row per target of the categories, sellers and teams as of as_of; an empty list is no limit
create or replace macro mart_targets_selected(as_of, categories, seller_ids, team_ids) as table
    select *
    from mart_targets(as_of)
    where
        (len(categories) = 0 or list_contains(categories, category))
        and (len(seller_ids) = 0 or list_contains(seller_ids, seller_id))
        and (len(team_ids) = 0 or list_contains(team_ids, team_id));
