-- grain: one row: the replies of the selected dialogs as the marketplace counts them, every hour
with dialogs as (
    select
        epoch_us(first_reply_at) - epoch_us(opened_at) as first_reply_microseconds,
        turns_count,
        replied_turns_count,
        replied_microseconds,
    from mart_tickets_selected($as_of, $since, $until, $categories, $seller_ids, $team_ids)
    where is_imported or channel in ('chat_web', 'chat_app', 'import')
)

select
    count(*) as dialogs_count,
    count(*) filter (where first_reply_microseconds <= 86400000000) as replied_within_24h_count,
    avg(first_reply_microseconds) / 1000000 as mean_first_reply_seconds,
    cast(coalesce(sum(turns_count), 0) as bigint) as turns_count,
    cast(coalesce(sum(replied_turns_count), 0) as bigint) as replied_turns_count,
    sum(replied_microseconds) / nullif(sum(replied_turns_count), 0) / 1000000 as mean_reply_seconds,
from dialogs;
