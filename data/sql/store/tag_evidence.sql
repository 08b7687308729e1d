-- what a file of evidence shows, and for which claim; everything else of it stays
update evidence
set
    kind = $kind,
    claim_id = $claim_id
where id = cast($id as uuid) and ticket_id = cast($ticket_id as uuid);
