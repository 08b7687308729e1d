-- grain: one row per ticket that is to be replayed event by event: its log has effects, or SQL found it different
with

logs as (
    select
        ticket_id,
        max(seq) as last_seq,
        min(occurred_at) as opened_at,
        max(occurred_at) as last_event_at,
        arg_min(payload -> 'ticket', cast(epoch_us(occurred_at) as hugeint) * 2147483648 + seq) as born,
        arg_max(
            {
                category: category,
                lifecycle_version: lifecycle_version,
                state: to_state,
                state_kind: to_kind,
                ball: to_ball
            },
            cast(epoch_us(occurred_at) as hugeint) * 2147483648 + seq
        ) as latest,
    from events
    semi join plain_tickets using (ticket_id)
    group by ticket_id
),

pairs as (
    select
        tickets.id,
        {
            category: tickets.category,
            lifecycle_version: tickets.lifecycle_version,
            state: tickets.state,
            state_kind: tickets.state_kind,
            ball: tickets.ball,
            version: tickets.version,
            opened_at: tickets.opened_at,
            state_entered_at: tickets.state_entered_at,
            last_event_at: tickets.last_event_at,
            born: concat_ws(
                chr(31), tickets.number, channel, language, priority, seller_id, buyer_key, order_id, posting_number,
                product_id, assignee_id, team_id, source, external_ref, is_synthetic, tags
            ),
            derived: concat_ws(chr(31), resolution_reason, flags, counts, clocks, spent, next_due_at, next_trigger)
        } as found,
        {
            category: struct_extract(latest, 'category'),
            lifecycle_version: struct_extract(latest, 'lifecycle_version'),
            state: struct_extract(latest, 'state'),
            state_kind: struct_extract(latest, 'state_kind'),
            ball: struct_extract(latest, 'ball'),
            version: logs.last_seq,
            opened_at: logs.opened_at,
            state_entered_at: logs.last_event_at,
            last_event_at: logs.last_event_at,
            born: concat_ws(
                chr(31),
                born ->> 'number',
                born ->> 'channel',
                born ->> 'language',
                born ->> 'priority',
                born ->> 'seller_id',
                coalesce(born ->> 'buyer_key', ''),
                coalesce(born ->> 'order_id', ''),
                coalesce(born ->> 'posting_number', ''),
                coalesce(born ->> 'product_id', ''),
                coalesce(born ->> 'assignee_id', ''),
                coalesce(born ->> 'team_id', ''),
                coalesce(born ->> 'source', ''),
                coalesce(born ->> 'external_ref', ''),
                coalesce(born ->> 'is_synthetic', 'false'),
                coalesce(cast(born -> 'tags' as varchar), '[]')
            ),
            derived: concat_ws(chr(31), '', '[]', '{}', '{}', '{}', null, '')
        } as expected,
    from logs
    inner join tickets on logs.ticket_id = tickets.id
),

differing as (
    select id
    from pairs
    where found is distinct from expected
),

timed as (
    select timers.ticket_id as id
    from timers
    semi join plain_tickets on timers.ticket_id = plain_tickets.ticket_id
),

with_effects as (
    select id
    from tickets
    anti join plain_tickets on tickets.id = plain_tickets.ticket_id
)

select id from differing
union
select id from timed
union
select id from with_effects
order by id;
