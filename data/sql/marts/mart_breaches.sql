-- grain: one row per target that was missed with a deadline in [since, until), and by how much in its own clock
-- `overdue_targets` says what the calendars of those that go on have counted since their tickets' last events.
create or replace macro mart_breaches(as_of, since, until, categories, seller_ids, team_ids) as table
    select
        targets.*,
        targets.counted_microseconds - targets.budget_microseconds
        + coalesce(
            overdue_targets.since_microseconds,
            if(targets.ended_at is null and not targets.is_paused, epoch_us(as_of) - epoch_us(targets.last_event_at), 0)
        ) as late_microseconds,
    from mart_targets_selected(as_of, categories, seller_ids, team_ids) as targets
    left join overdue_targets using (number, target_kind, turn)
    where targets.status = 'missed' and targets.due_at >= since and targets.due_at < until;
