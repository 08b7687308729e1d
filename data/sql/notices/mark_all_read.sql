-- everything that a person had been told by an instant has been read
update notices
set read_at = $now
where person_id = $person_id and made_at <= $told_by and read_at is null;
