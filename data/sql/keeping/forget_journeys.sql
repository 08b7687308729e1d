delete from kept_journeys
where ticket_id in (select changed_tickets.ticket_id from changed_tickets);
