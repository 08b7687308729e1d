-- grain: one row: the replies of the selected dialogs as the marketplace counts them, every hour
with dialogs as materialized (
    select
        selected.ticket_id,
        selected.first_reply_microseconds,
    from mart_tickets_selected($as_of, $since, $until, $categories, $seller_ids, $team_ids) as selected
    inner join tickets on selected.ticket_id = tickets.id
    where tickets.source <> '' or tickets.channel in ('chat_web', 'chat_app', 'import')
),

said as (
    select
        ticket_id,
        occurred_at,
        is_public_reply,
        lag(is_public_reply, 1, true) over dialog as is_after_reply,
        min(if(is_public_reply, occurred_at, null)) over (
            partition by ticket_id order by occurred_at, seq rows between 1 following and unbounded following
        ) as replied_at,
    from events
    semi join dialogs using (ticket_id)
    where (is_public_reply or is_buyer_message) and occurred_at >= $since and occurred_at < $as_of
    window dialog as (partition by ticket_id order by occurred_at, seq)
),

turns as (
    select
        count(*) as turns_count,
        count(replied_at) as replied_turns_count,
        avg(epoch_us(replied_at) - epoch_us(occurred_at)) / 1000000 as mean_reply_seconds,
    from said
    where not is_public_reply and is_after_reply
)

select
    count(*) as dialogs_count,
    count(*) filter (where first_reply_microseconds <= 86400000000) as replied_within_24h_count,
    avg(first_reply_microseconds) / 1000000 as mean_first_reply_seconds,
    any_value(turns.turns_count) as turns_count,
    any_value(turns.replied_turns_count) as replied_turns_count,
    any_value(turns.mean_reply_seconds) as mean_reply_seconds,
from dialogs
cross join turns;
