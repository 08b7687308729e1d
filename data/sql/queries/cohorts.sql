-- grain: one row per day, week or month in which selected tickets were opened
select
    cast(date_trunc($step, timezone($time_zone, timezone('UTC', opened_at))) as date) as period_on,
    count(*) as tickets_count,
    count(first_reply_microseconds) as replied_count,
    count(*) filter (where first_reply_age_microseconds >= 86400000000 and first_reply_microseconds <= 86400000000)
        as replied_within_24h_count,
    count(*) filter (where first_reply_age_microseconds < 86400000000) as undecided_count,
    count(first_resolution_microseconds) as resolved_count,
    count(*) filter (where first_resolution_microseconds is not null and replies_count = 1) as one_touch_count,
    count(*) filter (where reopened_steps_count > 0) as reopened_count,
from mart_tickets_selected($as_of, $since, $until, $categories, $seller_ids, $team_ids)
group by period_on
order by period_on;
