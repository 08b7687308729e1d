delete from timers
where ticket_id = $ticket_id;
