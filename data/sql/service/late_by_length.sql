-- grain: one row per doubling of the time by which targets were late, with the figures of all beside each
with late as materialized (
    select
        ended_at is null as is_running,
        late_microseconds / 1000000 as seconds,
        cast(floor(log2(greatest(late_microseconds / 1000000, 1))) as integer) as bin,
    from mart_breaches($as_of, $since, $until, $categories, $seller_ids, $team_ids)
    where $target_kind = '' or target_kind = $target_kind
),

bins as (
    select unnest(range(min(bin), max(bin) + 1)) as bin from late
),

whole as (
    select quantile_cont(seconds, [0.5, 0.9]) as quantiles from late
)

select
    pow(2, bins.bin) as from_seconds,
    pow(2, bins.bin + 1) as to_seconds,
    count(*) filter (where not late.is_running) as ended_count,
    count(*) filter (where late.is_running) as running_count,
    any_value(whole.quantiles[1]) as median_seconds,
    any_value(whole.quantiles[2]) as p90_seconds,
from bins
cross join whole
left join late on bins.bin = late.bin
group by bins.bin
order by bins.bin;
