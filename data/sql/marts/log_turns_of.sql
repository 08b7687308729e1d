-- grain: one row per ticket of the relation named `log` with a message of the buyer before as_of: its turns
-- A turn is a run of the buyer's messages: from the first of them to the next public reply.
create or replace macro log_turns_of(as_of, log) as table
    with said as (
        select
            ticket_id,
            occurred_at,
            is_public_reply,
            lag(is_public_reply, 1, true) over dialog as is_after_reply,
            min(if(is_public_reply, occurred_at, null)) over (
                partition by ticket_id order by occurred_at, seq rows between 1 following and unbounded following
            ) as replied_at,
        from query_table(log)
        where (is_public_reply or is_buyer_message) and occurred_at < as_of
        window dialog as (partition by ticket_id order by occurred_at, seq)
    )

    select
        ticket_id,
        count(*) as turns_count,
        count(replied_at) as replied_turns_count,
        cast(sum(epoch_us(replied_at) - epoch_us(occurred_at)) as bigint) as replied_microseconds,
    from said
    where not is_public_reply and is_after_reply
    group by ticket_id;
