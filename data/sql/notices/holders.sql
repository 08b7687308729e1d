-- grain: one row per ticket of a list: who has it, and which team it belongs to
select
    cast(id as varchar) as ticket_id,
    assignee_id,
    team_id,
from tickets
where id in (select cast(unnest($ticket_ids::varchar[]) as uuid));
