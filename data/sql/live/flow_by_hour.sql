-- grain: one row per hour from since on, up to the one that holds as_of: what came, what was settled, what is open
with hours as (
    select unnest(generate_series($since, $as_of, interval 1 hour)) as hour_at
),

-- A ticket whose steps are not the ones by time is woven from its whole log, of all others the last hours are enough.
log as materialized (  -- noqa: ST03
    select * from stg_log
    anti join stg_rewoven_tickets using (ticket_id)
    where occurred_at >= $since
    union all
    select * from stg_log
    semi join stg_rewoven_tickets using (ticket_id)
),

moves as (
    select
        step.occurred_at,
        step.from_kind = '' as is_arrival,
        step.is_resolution,
        cast(step.to_kind not in ('done', 'final') as integer)
        - cast(step.from_kind not in ('', 'done', 'final') as integer) as change_count,
    from int_events_of($as_of, 'log') as step
    inner join tickets on step.ticket_id = tickets.id
    where
        step.is_visit
        and step.occurred_at >= $since
        and (len($seller_ids) = 0 or list_contains($seller_ids, tickets.seller_id))
        and (len($team_ids) = 0 or list_contains($team_ids, tickets.team_id))
),

open_now as (
    select count(*) as tickets_count
    from tickets
    where
        state_kind not in ('done', 'final')
        and (len($seller_ids) = 0 or list_contains($seller_ids, seller_id))
        and (len($team_ids) = 0 or list_contains($team_ids, team_id))
),

by_hour as (
    select
        hours.hour_at,
        count(moves.occurred_at) filter (where moves.is_arrival) as opened_count,
        count(moves.occurred_at) filter (where moves.is_resolution) as resolved_count,
        coalesce(sum(moves.change_count), 0) as change_count,
    from hours
    left join moves on hours.hour_at <= moves.occurred_at and hours.hour_at + interval 1 hour > moves.occurred_at
    where hours.hour_at < $as_of
    group by hours.hour_at
)

select
    by_hour.hour_at,
    by_hour.opened_count,
    by_hour.resolved_count,
    cast(
        open_now.tickets_count - sum(by_hour.change_count) over () + sum(by_hour.change_count) over (order by hour_at)
        as bigint
    ) as open_count,
from by_hour
cross join open_now
order by by_hour.hour_at;
