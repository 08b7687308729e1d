delete from kept_stretches
where ticket_id in (select changed_tickets.ticket_id from changed_tickets);
