-- grain: one row: who has a ticket, and which team it belongs to
select
    cast(id as varchar) as ticket_id,
    assignee_id,
    team_id,
from tickets
where id = cast($ticket_id as uuid);
