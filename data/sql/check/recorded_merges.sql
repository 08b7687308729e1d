-- grain: one row per merge that the log and the table do not tell alike
with

told as (
    select
        ticket_id as from_id,
        try_cast(payload ->> '$.link.to' as uuid) as end_id,
        try_cast(payload ->> '$.link.linked_at' as timestamp) as linked_at,
        count(*) as told_count,
    from events
    where kind = 'merged' and is_visit and (payload -> 'link') is not null
    group by all
),

kept as (
    select
        from_ticket_id as from_id,
        to_ticket_id as end_id,
        linked_at,
        count(*) as kept_count,
    from recorded_merges
    group by all
),

compared as (
    select
        coalesce(told.from_id, kept.from_id) as from_id,
        coalesce(told.linked_at, kept.linked_at) as linked_at,
        coalesce(told.told_count, 0) as told_count,
        coalesce(kept.kept_count, 0) as kept_count,
    from told
    full join kept
        on told.from_id = kept.from_id and told.end_id = kept.end_id and told.linked_at = kept.linked_at
)

select
    tickets.number,
    concat('recorded_merges at ', compared.linked_at) as place,
    concat(compared.kept_count, ' rows') as found,
    concat(compared.told_count, ' by the log') as expected,
from compared
left join tickets on compared.from_id = tickets.id
where compared.told_count <> compared.kept_count
order by tickets.number, place, found;
