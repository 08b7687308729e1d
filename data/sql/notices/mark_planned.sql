-- it is decided where some notices go outside
update notices
set planned_at = $now
where planned_at is null and id in (select cast(unnest($ids::varchar[]) as uuid));
