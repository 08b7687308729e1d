-- grain: one row per claim of a ticket that was merged into this one, or into one that was, in the order filed
select
    merged.number,
    to_json(claims) as record,
from mart_merged_tickets($ticket_id, $seller_ids, $team_ids) as merged
inner join claims on merged.id = claims.ticket_id
order by claims.filed_at, merged.number, claims.rowid;
