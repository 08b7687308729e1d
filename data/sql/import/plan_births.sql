-- grain: one row per ticket whose first event in time is new: the payload that says what the ticket is
create or replace temp table plan_births as
select
    plan_tickets.case_no,
    1 as step_no,
    cast(
        concat(
            '{"ticket":',
            coalesce(
                plan_ends.born,
                json_merge_patch('{}', json_object(
                    'assignee_id', nullif(assignee_id, ''),
                    'buyer_key', plan_buyers.key,
                    'channel', channel,
                    'external_ref', case_ref,
                    'language', language,
                    'number', number,
                    'order_id', nullif(order_id, ''),
                    'posting_number', nullif(posting_number, ''),
                    'priority', priority,
                    'product_id', nullif(product_id, ''),
                    'seller_id', seller_id,
                    'source', $source,
                    'team_id', nullif(team_id, '')
                ))
            ),
            '}'
        ) as json
    ) as payload,
from plan_tickets
left join plan_ends on plan_tickets.case_no = plan_ends.case_no
left join plan_buyers on plan_tickets.buyer = plan_buyers.buyer
where plan_tickets.is_new or plan_tickets.first_at < plan_tickets.known_opened_at;
