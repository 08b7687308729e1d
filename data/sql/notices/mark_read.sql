-- one notice of a person has been read
update notices
set read_at = $now
where person_id = $person_id and id = cast($notice_id as uuid) and read_at is null;
