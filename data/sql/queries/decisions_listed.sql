-- grain: one row per claim that the marketplace approved because nobody decided in time, the newest first
select
    ticket.number,
    decision.category,
    ticket.state,
    ticket.kind,
    coalesce(mart_states.label_en, ticket.state) as label_en,
    coalesce(mart_states.label_ru, ticket.state) as label_ru,
    coalesce(mart_states.label_zh, ticket.state) as label_zh,
    ticket.opened_at,
    (epoch_us(decision.decided_at) - epoch_us(ticket.opened_at)) / 1000000 as figure_seconds,
    true as is_reached,
    count(*) over () as all_count,
from int_decisions($as_of) as decision
inner join mart_tickets($as_of) as ticket using (ticket_id)
left join mart_states on ticket.category = mart_states.category and ticket.state = mart_states.state
where
    decision.is_auto
    and decision.decided_at >= $since and decision.decided_at < $until
    and (len($categories) = 0 or list_contains($categories, decision.category))
    and (len($seller_ids) = 0 or list_contains($seller_ids, decision.seller_id))
    and (len($team_ids) = 0 or list_contains($team_ids, decision.team_id))
order by decision.decided_at desc, ticket.number desc
limit $row_limit offset $row_offset;
