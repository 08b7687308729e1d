-- grain: one row
-- Most tickets of an old desk are settled: what is open is found by its state, and only that is looked at closely.
with opened as (
    select
        count(*) as open_count,
        count(*) filter (where assignee_id = $agent_id) as mine_count,
        count(*) filter (where is_open_unassigned) as unassigned_count,
        count(*) filter (where team_id = $agent_team_id and team_id <> '') as team_count,
        count(*) filter (where is_ours) as ours_count,
        count(*) filter (where is_waiting) as waiting_count,
        count(*) filter (where is_with_buyer) as buyer_count,
        count(*) filter (where is_with_platform) as platform_count,
        count(*) filter (where is_due_soon) as due_soon_count,
        count(*) filter (where is_overdue) as overdue_count,
    from mart_queue($asked)
    where
        is_open
        and (len($seller_ids) = 0 or list_contains($seller_ids, seller_id))
        and (len($team_ids) = 0 or list_contains($team_ids, team_id))
),

lately as (
    select count(*) as recent_count
    from int_settled_since($recent_at)
    where
        (len($seller_ids) = 0 or list_contains($seller_ids, seller_id))
        and (len($team_ids) = 0 or list_contains($team_ids, team_id))
),

-- What buyers write on settled tickets is due, too; few of them are looked at closely.
written_to as (
    select count(*) as written_to_count
    from tickets
    where
        int_written_to(state_kind, flags, last_event_at, $asked['written_since'])
        and (len($seller_ids) = 0 or list_contains($seller_ids, seller_id))
        and (len($team_ids) = 0 or list_contains($team_ids, team_id))
),

everything as (
    select count(*) as all_count
    from tickets
    where
        (len($seller_ids) = 0 or list_contains($seller_ids, seller_id))
        and (len($team_ids) = 0 or list_contains($team_ids, team_id))
)

select
    everything.all_count,
    opened.open_count,
    opened.mine_count,
    opened.unassigned_count,
    opened.team_count,
    opened.ours_count,
    opened.waiting_count,
    opened.buyer_count,
    opened.platform_count,
    opened.due_soon_count + written_to.written_to_count as due_soon_count,
    opened.overdue_count,
    lately.recent_count,
    everything.all_count - opened.open_count as settled_count,
from opened, lately, written_to, everything;
