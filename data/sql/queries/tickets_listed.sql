-- grain: one row per selected ticket that is narrowed to, the newest first, with how many there are
with selected as (
    select
        *,
        timezone($time_zone, timezone('UTC', opened_at)) as local_at,
        case $figure
            when 'first_reply' then first_reply_microseconds
            when 'first_resolution' then first_resolution_microseconds
            when 'full_resolution' then full_resolution_microseconds
        end as reached_microseconds,
        if($figure = 'first_reply', first_reply_age_microseconds, age_microseconds) as lasted_microseconds,
        coalesce(reached_microseconds, lasted_microseconds) / 1000000 as figure_seconds,
    from mart_tickets_selected($as_of, $since, $until, $categories, $seller_ids, $team_ids)
)

select
    selected.number,
    selected.category,
    selected.state,
    selected.kind,
    coalesce(mart_states.label_en, selected.state) as label_en,
    coalesce(mart_states.label_ru, selected.state) as label_ru,
    coalesce(mart_states.label_zh, selected.state) as label_zh,
    selected.opened_at,
    selected.figure_seconds,
    selected.reached_microseconds is not null as is_reached,
    count(*) over () as all_count,
from selected
left join mart_states on selected.category = mart_states.category and selected.state = mart_states.state
where
    ($day_of_week < 0 or isodow(local_at) - 1 = $day_of_week)
    and ($hour_of_day < 0 or hour(local_at) = $hour_of_day)
    and selected.figure_seconds >= $from_seconds
    and selected.figure_seconds < $to_seconds
    and (not $is_open_only or selected.is_open)
    and ($state = '' or selected.state = $state)
order by selected.opened_at desc, selected.number desc
limit $row_limit offset $row_offset;
