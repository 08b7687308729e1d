-- grain: one row per second at which the offset of $zone changes between $since and $until, after a first row at $since
with

hours as (
    select
        hour,
        timezone($zone, timezone('UTC', hour)) - hour as offset_there,
    from generate_series($since::timestamp, $until::timestamp, interval 1 hour) as grid (hour)
),

changed as (
    select
        hour - interval 1 hour as since,
        offset_there,
    from hours
    qualify offset_there <> lag(offset_there) over (order by hour)
),

exact as (
    select
        changed.since,
        changed.offset_there,
        min(seconds.part) as part,
    from changed
    cross join range(1, 3601) as seconds (part)
    where
        timezone($zone, timezone('UTC', changed.since + to_seconds(seconds.part)))
        - (changed.since + to_seconds(seconds.part)) = changed.offset_there
    group by changed.since, changed.offset_there
)

select
    hour as changed_at,
    offset_there,
from hours
where hour = $since
union all
select
    since + to_seconds(part) as changed_at,
    offset_there,
from exact
order by changed_at;
