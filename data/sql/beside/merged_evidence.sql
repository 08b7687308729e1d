-- grain: one row per file of evidence of a ticket that was merged into this one, or into one that was, in its order
select
    merged.number,
    to_json(evidence) as record,
from mart_merged_tickets($ticket_id, $seller_ids, $team_ids) as merged
inner join evidence on merged.id = evidence.ticket_id
order by evidence.added_at, merged.number, evidence.rowid;
