-- grain: one row per category and state that holds open tickets at the horizon, whenever they were opened
select
    ticket.category,
    ticket.state,
    ticket.kind,
    coalesce(mart_states.ball, '') as ball,
    coalesce(mart_states.label_en, ticket.state) as label_en,
    coalesce(mart_states.label_ru, ticket.state) as label_ru,
    coalesce(mart_states.label_zh, ticket.state) as label_zh,
    count(*) as tickets_count,
    min(ticket.opened_at) as oldest_opened_at,
    quantile_cont(ticket.age_microseconds, 0.5) / 1000000 as median_age_seconds,
    quantile_cont(epoch_us($as_of) - epoch_us(ticket.state_entered_at), 0.5) / 1000000 as median_state_seconds,
from mart_tickets_selected($as_of, '-infinity', $as_of, $categories, $seller_ids, $team_ids) as ticket
left join mart_states on ticket.category = mart_states.category and ticket.state = mart_states.state
where ticket.is_open
group by all
order by tickets_count desc, ticket.category asc, ticket.state asc;
