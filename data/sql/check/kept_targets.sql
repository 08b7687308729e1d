-- grain: one row per kept target that says something else of its ticket than the ticket does, or that has none
select
    kept_targets.number,
    'kept_targets.' || told.name || ' of ' || kept_targets.target_kind || ' ' || kept_targets.turn as place,
    told.stored,
    told.expected,
from kept_targets
left join tickets on kept_targets.ticket_id = tickets.id
anti join changed_tickets on kept_targets.ticket_id = changed_tickets.ticket_id
cross join
    lateral (
        values
        ('ticket_id', kept_targets.ticket_id::varchar, coalesce(tickets.id::varchar, 'a ticket that exists')),
        ('number', kept_targets.number::varchar, coalesce(tickets.number, kept_targets.number)::varchar),
        ('seller_id', kept_targets.seller_id, coalesce(tickets.seller_id, kept_targets.seller_id)),
        ('team_id', kept_targets.team_id, coalesce(tickets.team_id, kept_targets.team_id)),
        (
            'last_event_at',
            kept_targets.last_event_at::varchar,
            coalesce(tickets.last_event_at, kept_targets.last_event_at)::varchar
        )
    ) as told (name, stored, expected)
where told.stored <> told.expected
order by kept_targets.number, place;
