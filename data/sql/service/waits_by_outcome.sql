-- grain: one row per bin of the wait by the wall clock, every hour counted; bin n begins at 2^(n/2) seconds
with waits as (
    select
        status,
        ended_at is null as is_running,
        greatest(
            (epoch_us(coalesce(ended_at, $as_of)) - epoch_us(started_at)) / 1000000, 1
        ) as seconds,
        cast(floor(2 * log2(seconds)) as integer) as bin,
    from mart_targets_selected($as_of, $categories, $seller_ids, $team_ids)
    where target_kind = $target_kind and started_at >= $since and started_at < $until
),

bins as (
    select unnest(range(min(bin), max(bin) + 1)) as bin from waits
)

select
    pow(2, bins.bin / 2) as from_seconds,
    pow(2, (bins.bin + 1) / 2) as to_seconds,
    count(*) filter (where waits.status = 'met') as met_count,
    count(*) filter (where waits.status = 'missed' and not waits.is_running) as missed_count,
    count(*) filter (where waits.status = 'missed' and waits.is_running) as overdue_count,
    count(*) filter (where waits.status in ('running', 'paused')) as running_count,
    count(*) filter (where waits.status = 'ended_otherwise') as ended_otherwise_count,
from bins
left join waits on bins.bin = waits.bin
group by bins.bin
order by bins.bin;
