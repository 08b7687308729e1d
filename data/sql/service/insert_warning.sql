-- a warning that was acted on
insert into service_warnings (ticket_id, target_kind, state, started_at, percent, due_at, fired_at, effect, outcome)
values ($ticket_id, $target_kind, $state, $started_at, $percent, $due_at, $fired_at, $effect, $outcome);
