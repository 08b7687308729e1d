-- grain: one row per merge of a duplicate that held at as_of: merged before it, and not undone before it
-- By the log alone: a link may call a ticket a duplicate that was never merged.
create or replace macro int_merges(as_of) as table
    with undone as (
        select
            from_ticket_id,
            to_ticket_id,
            linked_at,
        from undone_merges
        where undone_at < as_of
    )

    select
        recorded_merges.from_ticket_id,
        recorded_merges.to_ticket_id,
        recorded_merges.linked_at,
    from recorded_merges
    anti join undone
        on
            recorded_merges.from_ticket_id = undone.from_ticket_id
            and recorded_merges.to_ticket_id = undone.to_ticket_id
            and recorded_merges.linked_at = undone.linked_at
    where recorded_merges.linked_at < as_of;
