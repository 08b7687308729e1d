insert or replace into drafts (ticket_id, agent_id, field, text, base_version, saved_at)
values ($ticket_id, $agent_id, $field, $text, $base_version, $saved_at);
