-- grain: one row per kind of target with a deadline in [since, until), which is over at as_of: what was decided by then
with judged as not materialized (
    select
        ticket_id,
        target_kind,
        category,
        seller_id,
        team_id,
        due_at,
        ended_at,
        ending,
    from kept_targets
    anti join judged_tickets using (ticket_id)
    where due_at >= $since and due_at < $until
    union all
    select
        ticket_id,
        target_kind,
        category,
        seller_id,
        team_id,
        due_at,
        ended_at,
        ending,
    from rejudged_targets
    where due_at >= $since and due_at < $until
)

select
    target_kind,
    count(*) filter (where due_at > ended_at and ending = 'reached') as met_count,
    count(*) filter (where due_at <= coalesce(ended_at, $as_of)) as missed_count,
from judged
where
    (len($categories) = 0 or list_contains($categories, category))
    and (len($seller_ids) = 0 or list_contains($seller_ids, seller_id))
    and (len($team_ids) = 0 or list_contains($team_ids, team_id))
group by target_kind
having met_count + missed_count > 0
order by target_kind;
