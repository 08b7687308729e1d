-- grain: one row per facet and value that a ticket of the view and search has, counted by all facets but its own
with found as (
    select
        category,
        kind,
        channel,
        priority,
        assignee_id,
        team_id,
        is_in_categories,
        is_in_kinds,
        is_in_channels,
        is_in_priorities,
        is_with_assignees,
        is_in_teams,
        cast(not is_in_categories as integer)
        + cast(not is_in_kinds as integer)
        + cast(not is_in_channels as integer)
        + cast(not is_in_priorities as integer)
        + cast(not is_with_assignees as integer)
        + cast(not is_in_teams as integer) as missed_count,
    from mart_queue_viewed($asked)
)

select
    'category' as facet,
    category as slug,
    count(*) as tickets_count,
from found
where missed_count = cast(not is_in_categories as integer)
group by category
union all
select
    'kind' as facet,
    kind as slug,
    count(*) as tickets_count,
from found
where missed_count = cast(not is_in_kinds as integer)
group by kind
union all
select
    'channel' as facet,
    channel as slug,
    count(*) as tickets_count,
from found
where missed_count = cast(not is_in_channels as integer)
group by channel
union all
select
    'priority' as facet,
    priority as slug,
    count(*) as tickets_count,
from found
where missed_count = cast(not is_in_priorities as integer)
group by priority
union all
select
    'assignee' as facet,
    assignee_id as slug,
    count(*) as tickets_count,
from found
where missed_count = cast(not is_with_assignees as integer)
group by assignee_id
union all
select
    'team' as facet,
    team_id as slug,
    count(*) as tickets_count,
from found
where missed_count = cast(not is_in_teams as integer)
group by team_id
order by facet asc, tickets_count desc, slug asc;
