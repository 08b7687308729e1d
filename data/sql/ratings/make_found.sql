-- grain: one row per rating of the registered frame `incoming`, with its ticket and how many tickets its name may mean
create or replace temp table found_ratings as
with

candidates as (
    select
        incoming.line,
        tickets.id as ticket_id,
    from incoming
    inner join tickets on incoming.number = tickets.number
    union all
    select
        incoming.line,
        tickets.id as ticket_id,
    from incoming
    inner join tickets on incoming.reference = tickets.external_ref
    where incoming.number is null
),

found as (
    select
        line,
        count(*) as found_count,
        any_value(ticket_id) as ticket_id,
    from candidates
    group by line
)

select
    incoming.*,
    found.found_count,
    found.ticket_id,
from incoming
left join found on incoming.line = found.line;
