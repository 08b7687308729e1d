-- grain: one row per ticket within the scope that is merged into the one that stays, or into one that is
create or replace macro mart_merged_tickets(stays, seller_ids, team_ids) as table
    with recursive last_merges as (
        -- One that was reopened may have been merged into another ticket since.
        select
            from_ticket_id,
            arg_max(to_ticket_id, linked_at) as to_ticket_id,
        from int_merges(cast('infinity' as timestamp))
        group by from_ticket_id
    ),

    merged as (
        select from_ticket_id as id
        from last_merges
        where to_ticket_id = cast(stays as uuid)
        union
        select last_merges.from_ticket_id as id
        from last_merges
        inner join merged on last_merges.to_ticket_id = merged.id
        where last_merges.from_ticket_id <> cast(stays as uuid)
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
