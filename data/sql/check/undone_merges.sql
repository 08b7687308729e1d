-- grain: one row per merge that was undone, by the log or by the table, but not by both
with

told as (
    select
        ticket_id as from_id,
        try_cast(payload ->> '$.unlink.to' as uuid) as end_id,
        try_cast(payload ->> '$.unlink.linked_at' as timestamp) as linked_at,
        occurred_at as undone_at,
        count(*) as told_count,
    from events
    where kind = 'unmerged' and (payload -> 'unlink') is not null
    group by all
),

kept as (
    select
        from_ticket_id as from_id,
        to_ticket_id as end_id,
        linked_at,
        undone_at,
        count(*) as kept_count,
    from undone_merges
    group by all
),

compared as (
    select
        coalesce(told.from_id, kept.from_id) as from_id,
        coalesce(told.undone_at, kept.undone_at) as undone_at,
        coalesce(told.told_count, 0) as told_count,
        coalesce(kept.kept_count, 0) as kept_count,
    from told
    full join kept
        on
            told.from_id = kept.from_id
            and told.end_id = kept.end_id
            and told.linked_at = kept.linked_at
            and told.undone_at = kept.undone_at
)

select
    tickets.number,
    concat('undone_merges at ', compared.undone_at) as place,
    concat(compared.kept_count, ' rows') as found,
    concat(compared.told_count, ' by the log') as expected,
from compared
left join tickets on compared.from_id = tickets.id
where compared.told_count <> compared.kept_count
order by tickets.number, place, found;
