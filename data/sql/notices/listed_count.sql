-- grain: one row: how many notices of some kinds, about tickets within the scope, a person has
select count(*) as notices_count
from notices
inner join tickets on notices.ticket_id = tickets.id
where
    notices.person_id = $person_id
    and list_contains($kinds::varchar[], notices.kind)
    and (notices.read_at is null or not $is_unread_only)
    and (len($seller_ids::varchar[]) = 0 or list_contains($seller_ids::varchar[], tickets.seller_id))
    and (len($team_ids::varchar[]) = 0 or list_contains($team_ids::varchar[], tickets.team_id));
