-- everything that a person had been told by an instant, about tickets within the scope, has been read
update notices
set read_at = $now
from tickets
where
    notices.ticket_id = tickets.id
    and notices.person_id = $person_id and notices.made_at <= $told_by and notices.read_at is null
    and (len($seller_ids::varchar[]) = 0 or list_contains($seller_ids::varchar[], tickets.seller_id))
    and (len($team_ids::varchar[]) = 0 or list_contains($team_ids::varchar[], tickets.team_id));
