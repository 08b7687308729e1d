-- grain: one row per day, week or month of deadlines and kind of target
with quarters as (
    -- Days of every zone begin at a quarter of an hour: the zone is asked once for each of these, and not per row.
    select
        epoch_us(due_at) // 900000000 as quarter_no,
        target_kind,
        count(*) filter (where status = 'met') as met_count,
        count(*) filter (where status = 'missed') as missed_count,
    from mart_targets_selected($as_of, $categories, $seller_ids, $team_ids)
    where due_at >= $since and due_at < $until
    group by quarter_no, target_kind
)

select
    cast(
        date_trunc($step, timezone($time_zone, timezone('UTC', make_timestamp(quarter_no * 900000000)))) as date
    ) as period_on,
    target_kind,
    cast(sum(met_count) as bigint) as met_count,
    cast(sum(missed_count) as bigint) as missed_count,
from quarters
where met_count + missed_count > 0
group by all
order by period_on, target_kind;
