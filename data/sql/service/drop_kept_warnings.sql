-- the warnings to come of the tickets in the registered frame `judged`
delete from kept_warnings
where ticket_id in (select cast(judged.ticket_id as uuid) from judged);
