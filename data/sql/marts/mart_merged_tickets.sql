-- grain: one row per ticket within the scope that is merged into the one that stays, or into one that is
create or replace macro mart_merged_tickets(stays, seller_ids, team_ids) as table
    with recursive merged as (
        select from_ticket_id as id
        from ticket_links
        where to_ticket_id = cast(stays as uuid) and kind = 'duplicate_of'
        union
        select ticket_links.from_ticket_id as id
        from ticket_links
        inner join merged on ticket_links.to_ticket_id = merged.id
        where ticket_links.kind = 'duplicate_of' and ticket_links.from_ticket_id <> cast(stays as uuid)
    )

    select
        tickets.id,
        tickets.number,
    from merged
    inner join tickets on merged.id = tickets.id
    where
        tickets.state_kind = 'final' and tickets.resolution_reason = 'merged'
        and (len(cast(seller_ids as varchar[])) = 0 or list_contains(cast(seller_ids as varchar[]), tickets.seller_id))
        and (len(cast(team_ids as varchar[])) = 0 or list_contains(cast(team_ids as varchar[]), tickets.team_id));
