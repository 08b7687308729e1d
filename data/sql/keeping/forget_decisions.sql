delete from kept_decisions
where ticket_id in (select changed_tickets.ticket_id from changed_tickets);
