-- grain: one row per target that was missed with a deadline in [since, until), and by how much in its own clock
-- `overdue_targets` says what the calendars of those that go on have counted since their tickets' last events.
create or replace macro mart_breaches(as_of, since, until, categories, seller_ids, team_ids) as table
    with missed as not materialized (
        select *
        from mart_targets_selected(as_of, categories, seller_ids, team_ids)
        where status = 'missed' and due_at >= since and due_at < until
    )

    select
        *,
        counted_microseconds - allowed_microseconds as late_microseconds,
    from missed
    where ended_at is not null
    union all by name
    select
        missed.*,
        missed.counted_microseconds - missed.allowed_microseconds
        + coalesce(
            overdue_targets.since_microseconds,
            if(missed.is_paused, 0, epoch_us(as_of) - epoch_us(missed.last_event_at))
        ) as late_microseconds,
    from missed
    left join overdue_targets using (number, target_kind, turn)
    where missed.ended_at is null;
