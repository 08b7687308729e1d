-- grain: one row per ticket and duplicate that was merged into it before as_of, directly or through another duplicate
-- A duplicate brings along what had been merged into it by then, not what came later, when it was reopened.
create or replace macro int_duplicates(as_of) as table
    with recursive merged as (
        select
            to_ticket_id as ticket_id,
            from_ticket_id as duplicate_id,
            linked_at as merged_at,
        from int_merges(as_of)
        union
        select
            merged.ticket_id,
            brought.from_ticket_id as duplicate_id,
            brought.linked_at as merged_at,
        from merged
        inner join int_merges(as_of) as brought
            on merged.duplicate_id = brought.to_ticket_id and merged.merged_at >= brought.linked_at
    )

    select *
    from merged;
