-- grain: one row per instant: how many tickets were open then
with instants as (
    select unnest(cast($instants as timestamp[])) as instant_at
)

select
    instants.instant_at,
    count(stretches.opened_at) as tickets_count,
from instants
left join int_stretches($as_of) as stretches
    on
        instants.instant_at > stretches.opened_at
        and (stretches.settled_at is null or instants.instant_at <= stretches.settled_at)
        and (len($categories) = 0 or list_contains($categories, stretches.category))
        and (len($seller_ids) = 0 or list_contains($seller_ids, stretches.seller_id))
        and (len($team_ids) = 0 or list_contains($team_ids, stretches.team_id))
group by instants.instant_at
order by instants.instant_at;
