-- grain: one row per merge of a duplicate that held at as_of: merged before it, and not undone before it
create or replace macro int_merges(as_of) as table
    select
        from_ticket_id,
        to_ticket_id,
        linked_at,
    from ticket_links
    where kind = 'duplicate_of' and linked_at < as_of
    union all
    select
        from_ticket_id,
        to_ticket_id,
        linked_at,
    from undone_merges
    where linked_at < as_of and undone_at >= as_of;
