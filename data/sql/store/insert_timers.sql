-- a ticket's timers, in their order
insert into timers (ticket_id, trigger, clock, anchor_at, due_at, policy_id)
select
    cast($ticket_id as uuid) as ticket_id,
    unnest($triggers::varchar[]) as fired,
    unnest($clocks::varchar[]) as clock,
    unnest($anchors_at::timestamp[]) as anchor_at,
    unnest($dues_at::timestamp[]) as due_at,
    unnest($policy_ids::varchar[]) as policy_id;
