-- grain: one row per day of [since, until) and category: the open tickets at the day's end, or at the horizon within it
with steps as not materialized (
    select
        visit.from_category,
        visit.category,
        visit.from_kind not in ('', 'done', 'final') as is_from_open,
        visit.kind not in ('done', 'final') as is_open,
        cast(timezone($time_zone, timezone('UTC', visit.entered_at)) as date) as entered_on,
    from mart_visits($as_of) as visit
    inner join tickets on visit.ticket_id = tickets.id
    where
        (len($seller_ids) = 0 or list_contains($seller_ids, tickets.seller_id))
        and (len($team_ids) = 0 or list_contains($team_ids, tickets.team_id))
),

-- A stretch in which a ticket is open counts from the day on which it begins and no more from the day on which it ends.
ends_of_stretches as (
    select
        category,
        entered_on,
        1 as difference,
    from steps
    where is_open and (not is_from_open or from_category <> category)
    union all
    select
        from_category as category,
        entered_on,
        -1 as difference,
    from steps
    where is_from_open and (not is_open or from_category <> category)
),

changes as (
    select
        category,
        entered_on,
        sum(difference) as difference,
    from ends_of_stretches
    where len($categories) = 0 or list_contains($categories, category)
    group by category, entered_on
),

days as (
    select cast(starts_at as date) as period_on
    from generate_series(
        greatest(
            cast(timezone($time_zone, timezone('UTC', $since)) as date), (select min(entered_on) from changes)
        ),
        cast(timezone($time_zone, timezone('UTC', least($until, $as_of) - interval 1 microsecond)) as date),
        interval 1 day
    ) as series (starts_at)
),

categories as (
    select distinct category from changes
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
