-- grain: one row per hour, day or week that overlaps [since, until): what came, what went, what was open at its end
with stretches as materialized (
    select *
    from int_stretches(least($as_of, $until))
    where
        (len($categories) = 0 or list_contains($categories, category))
        and (len($seller_ids) = 0 or list_contains($seller_ids, seller_id))
        and (len($team_ids) = 0 or list_contains($team_ids, team_id))
),

steps as (
    select
        opened_at as changed_at,
        1 as difference,
        not is_reopened and not is_moved_in as is_opened,
        is_reopened,
        false as is_settled,
    from stretches
    where opened_at >= $since
    union all
    select
        settled_at as changed_at,
        -1 as difference,
        false as is_opened,
        false as is_reopened,
        not is_moved_on as is_settled,
    from stretches
    where settled_at >= $since
),

-- Zones differ by quarters of an hour, so only quarters are taken to the zone.
quarters as (
    select
        time_bucket(interval 15 minutes, changed_at) as quarter_at,
        count(*) filter (where is_opened) as opened_count,
        count(*) filter (where is_reopened) as reopened_count,
        count(*) filter (where is_settled) as settled_count,
        sum(difference) as difference,
    from steps
    group by quarter_at
),

changes as (
    select
        date_trunc($step, timezone($time_zone, timezone('UTC', quarter_at))) as local_at,
        sum(quarters.opened_count) as opened_count,
        sum(quarters.reopened_count) as reopened_count,
        sum(quarters.settled_count) as settled_count,
        sum(quarters.difference) as difference,
    from quarters
    group by local_at
),

periods as (
    select starts_at as local_at
    from
        generate_series(
            date_trunc($step, timezone($time_zone, timezone('UTC', $since))),
            timezone($time_zone, timezone('UTC', least($until, $as_of) - interval 1 microsecond)),
            to_hours(case $step when 'hour' then 1 when 'day' then 24 else 168 end)
        ) as series (starts_at)
),

before as (
    select count(*) as backlog_count
    from stretches
    where opened_at < $since and (settled_at is null or settled_at >= $since)
)

select
    timezone('UTC', timezone($time_zone, periods.local_at)) as starts_at,
    cast(coalesce(changes.opened_count, 0) as bigint) as opened_count,
    cast(coalesce(changes.reopened_count, 0) as bigint) as reopened_count,
    cast(coalesce(changes.settled_count, 0) as bigint) as settled_count,
    cast(before.backlog_count + sum(coalesce(changes.difference, 0)) over (order by periods.local_at) as bigint)
        as backlog_count,
from periods
cross join before
left join changes on periods.local_at = changes.local_at
order by periods.local_at;
