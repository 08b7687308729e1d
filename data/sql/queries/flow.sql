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

changes as (
    select
        date_trunc($step, timezone($time_zone, timezone('UTC', changed_at))) as local_at,
        count(*) filter (where is_opened) as opened_count,
        count(*) filter (where is_reopened) as reopened_count,
        count(*) filter (where is_settled) as settled_count,
        sum(difference) as difference,
    from steps
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
    coalesce(changes.opened_count, 0) as opened_count,
    coalesce(changes.reopened_count, 0) as reopened_count,
    coalesce(changes.settled_count, 0) as settled_count,
    cast(before.backlog_count + sum(coalesce(changes.difference, 0)) over (order by periods.local_at) as bigint)
        as backlog_count,
from periods
cross join before
left join changes on periods.local_at = changes.local_at
order by periods.local_at;
