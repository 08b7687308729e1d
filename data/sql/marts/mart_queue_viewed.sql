-- grain: one row per ticket of a view that the search finds, with whether each facet keeps it
-- What is neither open nor written to is never due: said first, it is left out before clocks are read.
-- Which tickets were settled lately is asked for that view alone: for the others the planner sees that there are none.
create or replace macro mart_queue_viewed(asked) as table
    select
        *,
        len(asked['categories']) = 0 or list_contains(asked['categories'], category) as is_in_categories,
        len(asked['kinds']) = 0 or list_contains(asked['kinds'], kind) as is_in_kinds,
        len(asked['channels']) = 0 or list_contains(asked['channels'], channel) as is_in_channels,
        len(asked['priorities']) = 0 or list_contains(asked['priorities'], priority) as is_in_priorities,
        len(asked['assignees']) = 0 or list_contains(asked['assignees'], assignee_id) as is_with_assignees,
        len(asked['teams']) = 0 or list_contains(asked['teams'], team_id) as is_in_teams,
    from mart_queue(asked)
    where
        case asked['view']
            when 'open' then is_open
            when 'mine' then is_open and assignee_id = asked['agent_id']
            when 'unassigned' then is_open_unassigned
            when 'team' then is_open and team_id = asked['agent_team_id'] and team_id <> ''
            when 'ours' then is_ours
            when 'waiting' then is_waiting
            when 'buyer' then is_with_buyer
            when 'platform' then is_with_platform
            when 'due_soon' then is_due_soon
            when 'overdue' then is_open and is_overdue
            when 'recent'
                then
                    not is_open and state_entered_at >= asked['recent_at'] and number in (
                        select settled.number
                        from int_settled_since(asked['recent_at']) as settled
                        where asked['view'] = 'recent'
                    )
            when 'settled' then not is_open
            else true
        end
        and (asked['view'] <> 'due_soon' or is_open or last_event_at >= asked['written_since'])
        and (len(asked['states']) = 0 or list_contains(asked['states'], state))
        and (len(asked['numbers']) = 0 or list_contains(asked['numbers'], number))
        and (len(asked['seller_ids']) = 0 or list_contains(asked['seller_ids'], seller_id))
        and (len(asked['team_ids']) = 0 or list_contains(asked['team_ids'], team_id));
