-- grain: one row per ticket that is settled and has been so since `since` or a later instant
-- Closing what was resolved settles nothing anew, so the entry into the state may be later. The end of the last stretch
-- in which it was open is kept; newer events say what was left. What was opened since then was settled since then.
create or replace macro int_settled_since(since) as table
    select
        number,
        seller_id,
        team_id,
    from tickets
    where
        state_kind in ('done', 'final')
        and state_entered_at >= since
        and (
            opened_at >= since
            or id in (
                select stretches.ticket_id
                from kept_stretches as stretches
                where stretches.settled_at >= since
                union all
                select newer.ticket_id
                from events as newer
                where
                    newer.occurred_at >= since
                    and newer.position > (
                        select coalesce(max(cast(settings.value as bigint)), 0)
                        from settings
                        where settings.key = 'kept_up_to'
                    )
                    and newer.is_visit
                    and (newer.from_kind not in ('done', 'final') or newer.to_kind not in ('done', 'final'))
            )
        );
