-- news of what is written in the same transaction, which nobody can have been told yet
insert into notices (id, person_id, kind, ticket_id, cause, what, by_id, percent, due_at, made_at)
values ($id, $person_id, $kind, $ticket_id, $cause, $what, $by_id, $percent, $due_at, $made_at);
