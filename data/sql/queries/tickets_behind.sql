-- grain: one row per selected ticket: what stands behind a figure
select
    number,
    cast(ticket_id as varchar) as id,
    category,
    state,
    kind,
    is_open,
    opened_at,
    last_event_at,
    events_count,
    reopened_steps_count,
    case_microseconds / 1000000 as case_seconds,
    age_microseconds / 1000000 as age_seconds,
    first_reply_microseconds / 1000000 as first_reply_seconds,
    first_resolution_microseconds / 1000000 as first_resolution_seconds,
    full_resolution_microseconds / 1000000 as full_resolution_seconds,
from mart_tickets_selected($as_of, $since, $until, $categories, $seller_ids, $team_ids)
where
    ($weekday < 0 or isodow(timezone($time_zone, timezone('UTC', opened_at))) - 1 = $weekday)
    and ($hour < 0 or hour(timezone($time_zone, timezone('UTC', opened_at))) = $hour)
order by opened_at, number
limit $row_limit offset $row_offset;
