-- grain: one row per ticket that the queue's filters leave; an empty list or text is no limit
create or replace macro mart_queue_selected(
    this_moment, soon_at, queue_view, agent_id, categories, states, numbers, assignee, sought, seller_ids, team_ids
) as table
    select *
    from mart_queue(this_moment, soon_at)
    where
        case queue_view
            when 'open' then is_open
            when 'mine' then is_open and assignee_id = agent_id
            when 'unassigned' then is_open_unassigned
            when 'ours' then is_ours
            when 'waiting' then is_waiting
            when 'platform' then is_with_platform
            when 'due_soon' then is_due_soon
            when 'overdue' then is_overdue
            when 'settled' then not is_open
            else true
        end
        and (len(categories) = 0 or list_contains(categories, category))
        and (len(states) = 0 or list_contains(states, state))
        and (len(numbers) = 0 or list_contains(numbers, number))
        and (assignee = '' or assignee_id = assignee)
        and (len(seller_ids) = 0 or list_contains(seller_ids, seller_id))
        and (len(team_ids) = 0 or list_contains(team_ids, team_id))
        and (
            sought = ''
            or cast(number as varchar) = sought
            or contains(lower(posting_number), lower(sought))
            or contains(lower(external_ref), lower(sought))
            or order_id in (
                select orders.id from orders
                where contains(lower(orders.number), lower(sought))
            )
            or product_id in (
                select products.id from products
                where contains(lower(products.name), lower(sought))
            )
            or id in (
                select messages.ticket_id from messages
                where contains(lower(messages.text), lower(sought))
            )
        );
