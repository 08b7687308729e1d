-- grain: one row per ticket that is to be replayed event by event: its log has effects, or SQL found it different
with

presents as (
    select
        id,
        version,
        opened_at,
        state_entered_at,
        last_event_at,
        concat_ws(chr(31), category, lifecycle_version, state, state_kind, ball) as latest,
        concat_ws(
            chr(31), tickets.number, channel, language, priority, seller_id, buyer_key, order_id, posting_number,
            product_id, assignee_id, team_id, source, external_ref, is_synthetic, tags
        ) as born,
        concat_ws(
            chr(31), resolution_reason, flags, counts, clocks, spent, next_due_at, next_trigger, timers
        ) as derived,
    from tickets
),

differing as (
    select presents.id
    from presents
    inner join plain_presents as told on presents.id = told.ticket_id
    where
        presents.version <> told.version
        or presents.opened_at <> told.opened_at
        or presents.state_entered_at <> told.last_event_at
        or presents.last_event_at <> told.last_event_at
        or presents.latest <> told.latest
        or presents.born <> told.born
        or presents.derived <> concat_ws(chr(31), '', '[]', '{}', '{}', '{}', null, '', '[]')
),

with_effects as (
    select id
    from tickets
    anti join plain_tickets on tickets.id = plain_tickets.ticket_id
)

select id from differing
union
select id from with_effects
order by id;
