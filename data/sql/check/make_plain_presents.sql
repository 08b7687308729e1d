-- grain: one row per plain ticket, as its log has it
create or replace temp table plain_presents as
with

logs as (
    select
        ticket_id,
        max(seq) as version,
        min(occurred_at) as opened_at,
        max(occurred_at) as last_event_at,
        arg_min(payload, cast(epoch_us(occurred_at) as hugeint) * 2147483648 + seq) as first_payload,
        arg_max(
            concat_ws(chr(31), category, lifecycle_version, to_state, to_kind, to_ball),
            cast(epoch_us(occurred_at) as hugeint) * 2147483648 + seq
        ) as latest,
    from events
    semi join plain_tickets using (ticket_id)
    group by ticket_id
),

born_logs as (
    select
        *,
        from_json(
            first_payload -> 'ticket',
            '{"number":"varchar","channel":"varchar","language":"varchar","priority":"varchar","seller_id":"varchar",
            "buyer_key":"varchar","order_id":"varchar","posting_number":"varchar","product_id":"varchar",
            "assignee_id":"varchar","team_id":"varchar","source":"varchar","external_ref":"varchar",
            "is_synthetic":"varchar","tags":"json"}'
        ) as born,
    from logs
)

select
    ticket_id,
    version,
    opened_at,
    last_event_at,
    latest,
    concat_ws(
        chr(31),
        struct_extract(born, 'number'),
        struct_extract(born, 'channel'),
        struct_extract(born, 'language'),
        struct_extract(born, 'priority'),
        struct_extract(born, 'seller_id'),
        coalesce(struct_extract(born, 'buyer_key'), ''),
        coalesce(struct_extract(born, 'order_id'), ''),
        coalesce(struct_extract(born, 'posting_number'), ''),
        coalesce(struct_extract(born, 'product_id'), ''),
        coalesce(struct_extract(born, 'assignee_id'), ''),
        coalesce(struct_extract(born, 'team_id'), ''),
        coalesce(struct_extract(born, 'source'), ''),
        coalesce(struct_extract(born, 'external_ref'), ''),
        coalesce(struct_extract(born, 'is_synthetic'), 'false'),
        coalesce(struct_extract(born, 'tags'), '[]')
    ) as born,
from born_logs;
