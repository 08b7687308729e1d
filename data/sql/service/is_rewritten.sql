-- grain: one row: whether a ticket changed its category, left a promised final state, was merged or parted, since as_of
with rewritten as (
    select ticket_id
    from events
    where
        occurred_at >= $as_of
        and (kind = 'categorised' or (from_kind = 'final' and list_contains($stays, from_state)))
    union all
    select to_ticket_id as ticket_id
    from recorded_merges
    where linked_at >= $as_of
    union all
    select to_ticket_id as ticket_id
    from undone_merges
    where undone_at >= $as_of
)

select count(*) > 0 as is_rewritten
from rewritten;
