-- grain: one row: what came and went in [since, until) of the categories, sellers and teams
select
    count(*) filter (where visit.from_kind = '') as opened_count,
    count(*) filter (where visit.is_reopening) as reopened_count,
    count(*) filter (where visit.from_kind not in ('done', 'final') and visit.kind = 'done') as resolved_count,
    count(*) filter (where visit.from_kind not in ('done', 'final') and visit.kind = 'final') as closed_count,
from mart_visits($as_of) as visit
inner join tickets on visit.ticket_id = tickets.id
where
    visit.entered_at >= $since and visit.entered_at < $until
    and (len($categories) = 0 or list_contains($categories, visit.category))
    and (len($seller_ids) = 0 or list_contains($seller_ids, tickets.seller_id))
    and (len($team_ids) = 0 or list_contains($team_ids, tickets.team_id));
