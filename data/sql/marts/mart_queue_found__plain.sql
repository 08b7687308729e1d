-- grain: one row per ticket of a view, where nothing is sought: the planner is spared thirty subqueries
create or replace macro plain.mart_queue_found(asked) as table
    select *
    from mart_queue_viewed(asked);
