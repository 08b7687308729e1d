-- grain: one row per ticket that had begun before the horizon and stood otherwise then, numbered from 0
-- What was due by the horizon stays as it was then: alone for that, only tickets that changed their category after it,
-- left a final state that is promised a time, or were linked with a duplicate are judged anew.
create or replace temp table judged_tickets as
with linked as not materialized (
    -- The duplicate, which had not ended yet, and whatever it gave an earlier start.
    select unnest([ticket_id, duplicate_id]) as ticket_id
    from int_duplicates(cast('infinity' as timestamp))
    where duplicate_id not in (
        select earlier.duplicate_id
        from int_duplicates($as_of) as earlier
    )
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
