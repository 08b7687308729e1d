-- grain: one row: how many notices of some kinds, about tickets within the scope, a person has not read
select count(*) as unread_count
from notices
inner join tickets on notices.ticket_id = tickets.id
where
    notices.person_id = $person_id
    and notices.read_at is null
    and list_contains($kinds::varchar[], notices.kind)
    and (len($seller_ids::varchar[]) = 0 or list_contains($seller_ids::varchar[], tickets.seller_id))
    and (len($team_ids::varchar[]) = 0 or list_contains($team_ids::varchar[], tickets.team_id));
