-- grain: one row per hour of the day, in the desk's zone, in which selected tickets were opened
select
    cast(hour(timezone($time_zone, timezone('UTC', opened_at))) as integer) as hour_of_day,
    count(*) as tickets_count,
from mart_tickets_selected($as_of, $since, $until, $categories, $seller_ids, $team_ids)
group by hour_of_day
order by hour_of_day;
