-- what is told already stays as it is; asked first, for a conflict would cost the commit several milliseconds
insert into notices (id, person_id, kind, ticket_id, cause, what, by_id, percent, due_at, made_at)
select *
from (values ($id, $person_id, $kind, $ticket_id, $cause, $what, $by_id, $percent, $due_at, $made_at))
where not exists (
    select 1 from notices
    where
        person_id = $person_id
        and ticket_id = cast($ticket_id as uuid)
        and kind = $kind
        and cause = $cause
);
