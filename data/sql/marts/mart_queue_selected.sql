-- grain: one row per ticket that the queue's filters leave; an empty list or text is no limit. `asked` is a struct,
-- `data.selection.QueueFilter.parameters`
create or replace macro mart_queue_selected(asked) as table
    select *
    from mart_queue_viewed(asked)
    where
        is_in_categories
        and is_in_kinds
        and is_in_channels
        and is_in_priorities
        and is_with_assignees
        and is_in_teams;
