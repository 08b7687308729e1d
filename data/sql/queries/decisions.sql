-- grain: one row per category in which claims were decided in [since, until)
select
    category,
    count(*) as decisions_count,
    count(*) filter (where is_auto) as auto_decisions_count,
from int_decisions($as_of)
where
    decided_at >= $since and decided_at < $until
    and (len($categories) = 0 or list_contains($categories, category))
    and (len($seller_ids) = 0 or list_contains($seller_ids, seller_id))
    and (len($team_ids) = 0 or list_contains($team_ids, team_id))
group by category
order by category;
