-- what is kept of the targets of the tickets in the registered frame `judged`
delete from kept_targets
where ticket_id in (select cast(judged.ticket_id as uuid) from judged);
