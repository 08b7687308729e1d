-- grain: one row per category with ratings in [since, until) or with tickets resolved in [asked_since, since)
-- Of a ticket that was rated more than once the newest rating counts; asked is who had a week at least to answer.
with ratings as (
    select
        events.ticket_id,
        events.category,
        events.occurred_at,
        events.seq,
        cast(events.payload ->> 'rating' as integer) as rating,
    from events
    inner join tickets on events.ticket_id = tickets.id
    where
        events.kind = 'rated'
        and events.occurred_at >= $asked_since and events.occurred_at < $until
        and (len($categories) = 0 or list_contains($categories, events.category))
        and (len($seller_ids) = 0 or list_contains($seller_ids, tickets.seller_id))
        and (len($team_ids) = 0 or list_contains($team_ids, tickets.team_id))
),

newest as (
    select
        arg_max(category, (occurred_at, seq)) as category,
        arg_max(rating, (occurred_at, seq)) as rating,
    from ratings
    where occurred_at >= $since
    group by ticket_id
),

rated as (
    select
        category,
        count(*) filter (where rating = 1) as ones_count,
        count(*) filter (where rating = 2) as twos_count,
        count(*) filter (where rating = 3) as threes_count,
        count(*) filter (where rating = 4) as fours_count,
        count(*) filter (where rating = 5) as fives_count,
    from newest
    group by category
),

resolved as (
    select
        visit.ticket_id,
        arg_max(visit.category, visit.step) as category,
        min(visit.entered_at) as resolved_at,
    from mart_visits($as_of) as visit
    inner join tickets on visit.ticket_id = tickets.id
    where
        visit.entered_at >= $asked_since and visit.entered_at < $since
        and visit.from_kind not in ('done', 'final') and visit.kind = 'done'
        and (len($categories) = 0 or list_contains($categories, visit.category))
        and (len($seller_ids) = 0 or list_contains($seller_ids, tickets.seller_id))
        and (len($team_ids) = 0 or list_contains($team_ids, tickets.team_id))
    group by visit.ticket_id
),

answers as (
    select
        ticket_id,
        max(occurred_at) as answered_at,
    from ratings
    group by ticket_id
),

asked as (
    select
        resolved.category,
        count(*) as asked_count,
        count(*) filter (where answers.answered_at >= resolved.resolved_at) as answered_count,
    from resolved
    left join answers on resolved.ticket_id = answers.ticket_id
    group by resolved.category
)

select
    coalesce(rated.category, asked.category) as category,
    coalesce(columns(lambda name: name like '%_count'), 0),
from rated
full join asked on rated.category = asked.category
order by category;
