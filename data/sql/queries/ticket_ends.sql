-- grain: one row per selected ticket: when it was resolved (1), ended otherwise (2), or how long it has run (0)
with ended as (
    select
        category,
        age_microseconds,
        if($figure = 'first_resolution', first_resolution_microseconds, full_resolution_microseconds)
            as resolved_microseconds,
        if(is_open, null, epoch_us(state_entered_at) - epoch_us(opened_at)) as settled_microseconds,
    from mart_tickets_selected($as_of, $since, $until, $categories, $seller_ids, $team_ids)
)

select
    category,
    case
        when resolved_microseconds is not null then 1
        when settled_microseconds is not null then 2
        else 0
    end as end_code,
    coalesce(resolved_microseconds, settled_microseconds, age_microseconds) as end_microseconds,
from ended;
