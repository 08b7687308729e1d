-- grain: one row per slug of a facet that means something: a category, an agent or a team, or what some ticket names
select slug
from (
    select category as slug
    from lifecycles
    where $facet = 'category'
    union
    select id as slug
    from agents
    where $facet = 'assignee'
    union
    select id as slug
    from teams
    where $facet = 'team'
    union
    select named as slug
    from (
        select case $facet when 'category' then category when 'assignee' then assignee_id else team_id end as named
        from tickets
    ) as of_tickets
    where list_contains($slugs, named)
) as known
where list_contains($slugs, slug);
