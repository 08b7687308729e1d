-- grain: one row per ticket that had begun before the horizon and stood otherwise then, numbered from 0
-- What was due by the horizon stays as it was then: alone for that, only tickets that changed their category after it,
-- left a final state that is promised a time, or were merged, or parted again, are judged anew.
create or replace temp table judged_tickets as
with linked as not materialized (
    -- Duplicates that were merged or brought back since, and whatever they gave an earlier start.
    select unnest([ticket_id, duplicate_id]) as ticket_id
    from (
        select *
        from (
            select *
            from int_duplicates(cast('infinity' as timestamp))
            union all
            select *
            from int_duplicates($as_of)
        ) as merged
        group by all
        having count(*) = 1
    ) as moved_apart
),

moved as not materialized (
    select ticket_id
    from events
    where kind = 'categorised' and occurred_at >= $as_of
    union
    -- A visit of a final state is a promise only once it has an end.
    select ticket_id
    from events
    where
        len($stays) > 0
        and occurred_at >= $as_of
        and is_visit
        and from_kind = 'final'
        and list_contains($stays, from_state)
)

select
    id as ticket_id,
    cast(row_number() over (order by id) - 1 as integer) as ticket_no,
from tickets
where
    opened_at < $as_of
    and (
        id in (select linked.ticket_id from linked)
        or (last_event_at >= $as_of and (not $is_decided_only or id in (select moved.ticket_id from moved)))
    )
    and (len($seller_ids) = 0 or list_contains($seller_ids, seller_id))
    and (len($team_ids) = 0 or list_contains($team_ids, team_id));
