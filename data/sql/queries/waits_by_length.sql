-- grain: one row per bin of waiting time; bin n begins at 2^(n/2) seconds, the first also holds what is shorter
with waits as (
    select
        if($figure = 'first_reply', first_reply_age_microseconds, age_microseconds) as age_microseconds,
        case $figure
            when 'first_reply' then first_reply_microseconds
            when 'first_resolution' then first_resolution_microseconds
            else full_resolution_microseconds
        end as reached_microseconds,
    from mart_tickets_selected($as_of, $since, $until, $categories, $seller_ids, $team_ids)
),

binned as (
    select
        reached_microseconds is not null as is_reached,
        greatest(coalesce(reached_microseconds, age_microseconds) / 1000000, 1) as seconds,
        cast(floor(2 * log2(seconds)) as integer) as bin,
    from waits
),

bins as (
    select unnest(range(min(bin), max(bin) + 1)) as bin from binned
)

select
    pow(2, bins.bin / 2) as from_seconds,
    pow(2, (bins.bin + 1) / 2) as to_seconds,
    count(*) filter (where binned.is_reached) as reached_count,
    count(*) filter (where not binned.is_reached) as running_count,
from bins
left join binned on bins.bin = binned.bin
group by bins.bin
order by bins.bin;
