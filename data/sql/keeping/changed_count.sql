-- grain: one row
select count(*) as tickets_count from changed_tickets;
