-- grain: one row per ticket of which the rows of kept_journeys are not those of its log
with kept as not materialized (
    select *
    from kept_journeys
    anti join int_changed_tickets using (ticket_id)
),

said as not materialized (
    select *
    from log_journeys_of(cast('infinity' as timestamp), 'stg_log', 'kept_states')
    anti join int_changed_tickets using (ticket_id)
),

different as (
    (
        select * from kept
        except all
        select * from said
    )
    union all
    (
        select * from said
        except all
        select * from kept
    )
)

select
    tickets.number,
    'kept_journeys' as place,
    concat(count(*), ' rows apart from the log') as found,
    'what the log says' as expected,
from different
left join tickets on different.ticket_id = tickets.id
group by tickets.number
order by tickets.number;
