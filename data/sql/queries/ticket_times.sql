-- grain: one row per selected ticket; a duration that is not reached at the horizon is null
select
    category,
    opened_at,
    is_open,
    epoch_us($as_of) - epoch_us(opened_at) as age_microseconds,
    epoch_us(first_reply_at) - epoch_us(asked_at) as first_reply_microseconds,
    epoch_us($as_of) - epoch_us(coalesce(asked_at, $as_of)) as first_reply_age_microseconds,
    epoch_us(first_resolved_at) - epoch_us(opened_at) as first_resolution_microseconds,
    if(is_open, null, epoch_us(last_resolved_at) - epoch_us(opened_at)) as full_resolution_microseconds,
from int_ticket_times($as_of, $since, $until)
where
    (len($categories) = 0 or list_contains($categories, category))
    and (len($seller_ids) = 0 or list_contains($seller_ids, seller_id))
    and (len($team_ids) = 0 or list_contains($team_ids, team_id));
