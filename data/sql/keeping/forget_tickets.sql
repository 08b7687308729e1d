delete from kept_tickets
where ticket_id in (select changed_tickets.ticket_id from changed_tickets);
