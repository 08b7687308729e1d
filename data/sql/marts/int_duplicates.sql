-- grain: one row per ticket and duplicate that was merged into it before as_of, directly or through another duplicate
create or replace macro int_duplicates(as_of) as table
    with recursive merged as (
        select
            to_ticket_id as ticket_id,
            from_ticket_id as duplicate_id,
        from ticket_links
        where kind = 'duplicate_of' and linked_at < as_of
        union
        select
            merged.ticket_id,
            ticket_links.from_ticket_id as duplicate_id,
        from merged
        inner join ticket_links on merged.duplicate_id = ticket_links.to_ticket_id
        where ticket_links.kind = 'duplicate_of' and ticket_links.linked_at < as_of
    )

    select *
    from merged;
