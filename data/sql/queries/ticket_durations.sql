-- grain: one row per selected ticket; a duration that is not reached at the horizon is null
select
    category,
    opened_at,
    is_open,
    events_count,
    reopened_steps_count,
    case_microseconds,
    age_microseconds,
    first_reply_microseconds,
    first_reply_age_microseconds,
    first_resolution_microseconds,
    full_resolution_microseconds,
from mart_tickets_selected($as_of, $since, $until, $categories, $seller_ids, $team_ids);
