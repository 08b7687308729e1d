-- grain: one row per target that was missed with a deadline in [since, until), the newest deadline first
select
    number,
    cast(ticket_id as varchar) as ticket_id,
    target_kind,
    state,
    turn,
    policy_version,
    policy_id,
    calendar_id,
    category,
    priority,
    assignee_id,
    seller_id,
    team_id,
    started_at,
    due_at,
    ended_at,
    ending,
    is_paused,
    budget_microseconds / 1000000 as budget_seconds,
    late_microseconds / 1000000 as late_seconds,
    count(*) over () as all_count,
from mart_breaches($as_of, $since, $until, $categories, $seller_ids, $team_ids)
where
    greatest(late_microseconds / 1000000, 1) >= $late_from_seconds
    and late_microseconds / 1000000 < $late_to_seconds
    and ($target_kind = '' or target_kind = $target_kind)
    and (
        case $grouping
            when 'category' then category
            when 'priority' then priority
            when 'team' then team_id
            when 'agent' then assignee_id
            when 'seller' then seller_id
            when 'policy' then policy_id
            else $group_key
        end
    ) = $group_key
order by due_at desc, number asc, target_kind asc, turn asc
limit $row_limit offset $row_offset;
