-- grain: one row per message of a ticket that was merged into this one, or into one that was, in the order written
select
    merged.number,
    to_json(messages) as record,
from mart_merged_tickets($ticket_id, $seller_ids, $team_ids) as merged
inner join messages on merged.id = messages.ticket_id
order by messages.sent_at, merged.number, messages.rowid;
