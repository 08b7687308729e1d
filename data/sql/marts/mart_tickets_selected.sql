-- grain: one row per ticket opened in [since, until) of the categories, sellers and teams; an empty list is no limit
create or replace macro mart_tickets_selected(as_of, since, until, categories, seller_ids, team_ids) as table
    select *
    from mart_tickets_opened(as_of, since, until)
    where
        (len(categories) = 0 or list_contains(categories, category))
        and (len(seller_ids) = 0 or list_contains(seller_ids, seller_id))
        and (len(team_ids) = 0 or list_contains(team_ids, team_id));
