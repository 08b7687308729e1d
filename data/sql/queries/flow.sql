-- grain: one row per hour or day that overlaps [since, until), with what began and ended in it and what was left
with stretches as materialized (
    select
        opened_at,
        settled_at,
        is_reopened,
        is_moved,
    from int_stretches($as_of)
    where
        (settled_at is null or settled_at >= $since)
        and (len($categories) = 0 or list_contains($categories, category))
        and (len($seller_ids) = 0 or list_contains($seller_ids, seller_id))
        and (len($team_ids) = 0 or list_contains($team_ids, team_id))
),

periods as (
    select
        greatest(timezone('UTC', timezone($time_zone, starts_at)), $since) as starts_at,
        least(timezone('UTC', timezone($time_zone, starts_at + to_hours(if($step = 'day', 24, 1)))), $until, $as_of)
            as ends_at,
    from generate_series(
        date_trunc($step, timezone($time_zone, timezone('UTC', $since))),
        timezone($time_zone, timezone('UTC', least($until, $as_of) - interval 1 microsecond)),
        to_hours(if($step = 'day', 24, 1))
    ) as series (starts_at)
)

select 1;
