-- grain: one row per weekday (Monday is 0) and hour of the desk's zone in which selected tickets were opened
with opened as (
    select
        timezone($time_zone, timezone('UTC', opened_at)) as local_at,
        first_reply_microseconds,
    from mart_tickets_selected($as_of, $since, $until, $categories, $seller_ids, $team_ids)
)

select
    cast(isodow(local_at) - 1 as integer) as day_of_week,
    cast(hour(local_at) as integer) as hour_of_day,
    count(*) as tickets_count,
    count(first_reply_microseconds) as reached_count,
    quantile_cont(first_reply_microseconds, 0.5) / 1000000 as median_first_reply_seconds,
from opened
group by all
order by day_of_week, hour_of_day;
