-- grain: one row per draft of a ticket, the newest first
select
    agent_id,
    field,
    text,
    base_version,
    saved_at,
from drafts
where ticket_id = $ticket_id
order by saved_at desc, agent_id asc, field asc;
