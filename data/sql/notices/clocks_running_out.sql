-- grain: one row per ticket and instant in (now, until] at which a clock runs out on us that nobody was told of yet
select
    cast(timers.ticket_id as varchar) as ticket_id,
    timers.due_at,
    arg_min(timers.trigger, if(starts_with(timers.trigger, 'auto_approve_'), '', timers.trigger)) as what,
    any_value(tickets.assignee_id) as assignee_id,
    any_value(tickets.team_id) as team_id,
from stg_timers as timers
inner join tickets on timers.ticket_id = tickets.id
where
    timers.next_due_at <= $until
    and timers.due_at > $now and timers.due_at <= $until
    and tickets.ball = 'seller' and tickets.state_kind not in ('done', 'final')
    and (
        list_contains($agent_ids::varchar[], tickets.assignee_id)
        or list_contains($team_ids::varchar[], tickets.team_id)
    )
    and not exists (
        select 1 from notices
        where
            notices.ticket_id = timers.ticket_id and notices.kind = 'due_soon'
            and notices.due_at = timers.due_at and notices.percent is null
            and (
                notices.person_id = tickets.assignee_id
                or not list_contains($agent_ids::varchar[], tickets.assignee_id)
            )
    )
group by timers.ticket_id, timers.due_at
order by timers.due_at, timers.ticket_id;
