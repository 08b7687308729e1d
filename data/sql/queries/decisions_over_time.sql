-- grain: one row per day, week or month of [since, until) in which claims were decided
select
    cast(date_trunc($step, timezone($time_zone, timezone('UTC', decided_at))) as date) as period_on,
    count(*) as decisions_count,
    count(*) filter (where is_auto) as auto_decisions_count,
from int_decisions($as_of)
where
    decided_at >= $since and decided_at < $until
    and (len($categories) = 0 or list_contains($categories, category))
    and (len($seller_ids) = 0 or list_contains($seller_ids, seller_id))
    and (len($team_ids) = 0 or list_contains($team_ids, team_id))
group by period_on
order by period_on;
