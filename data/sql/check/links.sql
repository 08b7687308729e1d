-- grain: one row per link whose rows are not as many as the events that tell of it, less those that take it back; an
-- event links only its own ticket
with

telling as (
    select
        ticket_id,
        coalesce(payload -> 'link', payload -> 'unlink') as link,
        if((payload -> 'link') is null, -1, 1) as told_times,
    from events
    where contains(payload, '"link"') or contains(payload, '"unlink"')
),

told as (
    select
        ticket_id as from_id,
        try_cast(link ->> 'to' as uuid) as end_id,
        link ->> 'kind' as kind,
        try_cast(link ->> 'linked_at' as timestamp) as linked_at,
        sum(told_times) as told_count,
    from telling
    where link is not null
    group by all
),

kept as (
    select
        from_ticket_id as from_id,
        to_ticket_id as end_id,
        kind,
        linked_at,
        count(*) as kept_count,
    from ticket_links
    group by all
),

compared as (
    select
        coalesce(told.from_id, kept.from_id) as from_id,
        coalesce(told.end_id, kept.end_id) as end_id,
        coalesce(told.kind, kept.kind) as kind,
        coalesce(told.linked_at, kept.linked_at) as linked_at,
        coalesce(told.told_count, 0) as told_count,
        coalesce(kept.kept_count, 0) as kept_count,
    from told
    full join kept
        on
            told.from_id = kept.from_id
            and told.end_id = kept.end_id
            and told.kind = kept.kind
            and told.linked_at = kept.linked_at
)

select
    tickets.number,
    concat(
        'ticket_links, ', compared.kind, ' ',
        coalesce(cast(ends.number as varchar), cast(compared.end_id as varchar))
    ) as place,
    concat(compared.kept_count, ' at ', compared.linked_at) as found,
    concat(compared.told_count, ' by the log') as expected,
from compared
left join tickets on compared.from_id = tickets.id
left join tickets as ends on compared.end_id = ends.id
where compared.told_count <> compared.kept_count
order by tickets.number, place, found;
