-- grain: one row per category that has a lifecycle, with its newest version and the tickets in scope
with newest as (
    select
        category,
        max(version) as newest_version,
        arg_max(is_observed, version) as is_observed,
        arg_max(label_en, version) as label_en,
        arg_max(label_ru, version) as label_ru,
        arg_max(label_zh, version) as label_zh,
    from lifecycles
    group by category
),

counted as (
    select
        category,
        count(*) as tickets_count,
        count(*) filter (where state_kind not in ('done', 'final')) as open_tickets_count,
    from tickets
    where
        (len($seller_ids) = 0 or list_contains($seller_ids, seller_id))
        and (len($team_ids) = 0 or list_contains($team_ids, team_id))
    group by category
)

select
    newest.category,
    newest.newest_version,
    newest.is_observed,
    newest.label_en,
    newest.label_ru,
    newest.label_zh,
    coalesce(counted.tickets_count, 0) as tickets_count,
    coalesce(counted.open_tickets_count, 0) as open_tickets_count,
from newest
left join counted using (category)
order by newest.is_observed, newest.category;
