delete from kept_tickets;
