-- grain: one row: how many notices of some kinds a person has not read
select count(*) as unread_count
from notices
where person_id = $person_id and read_at is null and list_contains($kinds::varchar[], kind);
