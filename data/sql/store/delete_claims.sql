-- the claims of a ticket that are written anew
delete from claims
where ticket_id = $ticket_id and id in (select unnest($ids::uuid[]));
