-- grain: one row per category and state that a selected ticket visited
with selected as (
    select
        ticket_id,
        kind as last_kind,
    from mart_tickets_selected($as_of, $since, $until, $categories, $seller_ids, $team_ids)
),

visits as not materialized (
    select visit.*
    from mart_visits($as_of) as visit
    semi join selected using (ticket_id)
    where visit.entered_at >= $since  -- no ticket's log begins before it was opened: what is older is not read
),

begun as (
    select
        category,
        state,
        any_value(kind) as kind,
        count(*) as visits_count,
    from visits
    group by category, state
),

finished as (
    select
        from_category as category,
        from_state as state,
        count(*) as finished_count,
        cast(sum(left_microseconds) as double) / (count(*) * 1000000) as mean_seconds,
        quantile_cont(left_microseconds, 0.5) / 1000000 as median_seconds,
        quantile_cont(left_microseconds, 0.9) / 1000000 as p90_seconds,
    from visits
    where left_microseconds is not null
    group by from_category, from_state
)

select
    begun.category,
    begun.state,
    begun.kind,
    coalesce(mart_states.ball, '') as ball,
    coalesce(mart_states.label_en, begun.state) as label_en,
    coalesce(mart_states.label_ru, begun.state) as label_ru,
    coalesce(mart_states.label_zh, begun.state) as label_zh,
    begun.visits_count,
    coalesce(finished.finished_count, 0) as finished_count,
    if(begun.kind = 'final', 0, begun.visits_count - coalesce(finished.finished_count, 0)) as running_count,
    finished.mean_seconds,
    finished.median_seconds,
    finished.p90_seconds,
from begun
left join finished using (category, state)
left join mart_states using (category, state)
order by begun.visits_count desc, begun.category asc, begun.state asc;
