-- grain: one row per day, week or month of [since, until) and category: the tickets opened in it
with opened as (
    select
        category,
        cast(date_trunc($step, timezone($time_zone, timezone('UTC', opened_at))) as date) as period_on,
    from mart_tickets_selected($as_of, $since, $until, $categories, $seller_ids, $team_ids)
),

periods as (
    select cast(period as date) as period_on
    from
        generate_series(
            (select min(period_on) from opened), (select max(period_on) from opened), to_days(if($step = 'week', 7, 1))
        ) as series (period)
    where $step <> 'month' or day(period) = 1
),

categories as (
    select distinct category from opened
)

select
    periods.period_on,
    categories.category,
    count(opened.category) as tickets_count,
from periods
cross join categories
left join opened using (period_on, category)
group by periods.period_on, categories.category
order by periods.period_on, categories.category;
