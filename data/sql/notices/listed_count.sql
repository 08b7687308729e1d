-- grain: one row: how many notices of some kinds a person has
select count(*) as notices_count
from notices
where
    person_id = $person_id
    and list_contains($kinds::varchar[], kind)
    and (read_at is null or not $is_unread_only);
