-- grain: one row per open ticket at the horizon, whenever it was opened, the oldest first
select
    ticket.number,
    ticket.category,
    ticket.state,
    ticket.kind,
    coalesce(mart_states.ball, '') as ball,
    coalesce(mart_states.label_en, ticket.state) as label_en,
    coalesce(mart_states.label_ru, ticket.state) as label_ru,
    coalesce(mart_states.label_zh, ticket.state) as label_zh,
    ticket.opened_at,
    ticket.age_microseconds / 1000000 as age_seconds,
    (epoch_us($as_of) - epoch_us(ticket.state_entered_at)) / 1000000 as state_seconds,
    ticket.first_reply_microseconds is not null as is_replied,
from mart_tickets_selected($as_of, '-infinity', $as_of, $categories, $seller_ids, $team_ids) as ticket
left join mart_states on ticket.category = mart_states.category and ticket.state = mart_states.state
where ticket.is_open and ($state = '' or ticket.state = $state)
order by ticket.opened_at, ticket.number
limit $row_limit;
