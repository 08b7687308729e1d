-- grain: one row per ticket of the list that lies within the scope, with what it asks of an agent
select
    tickets.id::varchar as ticket_id,
    tickets.category,
    tickets.language,
    coalesce(postings.scheme, '') as scheme,
from tickets
left join postings on tickets.posting_number = postings.number
where
    tickets.id in (select unnest($ticket_ids::uuid[]))
    and (len($seller_ids::varchar[]) = 0 or list_contains($seller_ids::varchar[], tickets.seller_id))
    and (len($team_ids::varchar[]) = 0 or list_contains($team_ids::varchar[], tickets.team_id))
order by tickets.id;
