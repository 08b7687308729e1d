-- The events that `workflow.satisfaction.rate` would write, in the order of time.
insert into events by name
with

taken as (
    select
        *,
        row_number() over (order by rated_at, line) as place,
        row_number() over (partition by ticket_id order by rated_at, line) as ticket_place,
    from judged_ratings
    where refusal is null and not is_known
)

select
    $first_position + taken.place - 1 as position,
    taken.ticket_id,
    cast(tickets.version + taken.ticket_place as integer) as seq,
    'rated' as kind,
    'rate' as name,
    tickets.category,
    tickets.lifecycle_version,
    tickets.state as from_state,
    tickets.state_kind as from_kind,
    tickets.state as to_state,
    tickets.state_kind as to_kind,
    tickets.ball as to_ball,
    'buyer' as actor_role,
    tickets.buyer_key as actor_id,
    $recorded_by as recorded_by,
    taken.rated_at as occurred_at,
    $now::timestamp as recorded_at,
    false as is_visit,
    false as is_public_reply,
    false as is_buyer_message,
    true as is_conforming,
    cast(null as double) as state_seconds,
    cast(
        concat(
            '{',
            if(taken.message_id is null, '', concat('"message_ids":["', taken.message_id, '"],')),
            '"rating":',
            taken.rating,
            '}'
        ) as json
    ) as payload,
    1 as payload_version,
from taken
inner join tickets on taken.ticket_id = tickets.id;
