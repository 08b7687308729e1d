delete from drafts
where ticket_id = $ticket_id and agent_id = $agent_id and field = $field;
