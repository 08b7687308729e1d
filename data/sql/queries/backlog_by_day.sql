-- grain: one row per day of [since, until) and category: the open tickets at the day's end, or at the horizon within it
with stretches as not materialized (
    select
        category,
        opened_at,
        settled_at,
    from int_stretches($as_of)
    where
        (len($categories) = 0 or list_contains($categories, category))
        and (len($seller_ids) = 0 or list_contains($seller_ids, seller_id))
        and (len($team_ids) = 0 or list_contains($team_ids, team_id))
),

categories as materialized (
    select
        category,
        min(opened_at) as first_opened_at,
    from stretches
    group by category
),

-- What was settled before the period is in no day's stock; what was open before it is in the first day's.
live as materialized (
    select
        category,
        time_bucket(interval 15 minutes, greatest(opened_at, $since)) as opened_at,
        time_bucket(interval 15 minutes, settled_at) as settled_at,
    from stretches
    where settled_at is null or settled_at >= $since
),

-- Zones differ by quarters of an hour: what lies in one is of one day, and only quarters are taken to the zone.
quarters as (
    select
        category,
        opened_at as changed_at,
        count(*) as difference,
    from live
    group by all
    union all
    select
        category,
        settled_at as changed_at,
        -count(*) as difference,
    from live
    where settled_at is not null
    group by all
),

-- A stretch in which a ticket is open counts from the day on which it begins and no more from the day on which it ends.
changes as materialized (
    select
        category,
        cast(timezone($time_zone, timezone('UTC', changed_at)) as date) as entered_on,
        sum(difference) as difference,
    from quarters
    group by category, entered_on
),

days as (
    select cast(starts_at as date) as period_on
    from generate_series(
        cast(
            timezone($time_zone, timezone('UTC', greatest($since, (select min(first_opened_at) from categories))))
            as date
        ),
        cast(timezone($time_zone, timezone('UTC', least($until, $as_of) - interval 1 microsecond)) as date),
        interval 1 day
    ) as series (starts_at)
)

select
    days.period_on,
    categories.category,
    cast(coalesce(sum(changes.difference), 0) as bigint) as tickets_count,
from days
cross join categories
left join changes on categories.category = changes.category and days.period_on >= changes.entered_on
group by days.period_on, categories.category
order by days.period_on, categories.category;
