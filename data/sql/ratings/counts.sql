-- grain: one row: how many ratings are new, of how many tickets, and how many the log has already
select
    count(*) filter (where not is_known) as taken_count,
    count(distinct ticket_id) filter (where not is_known) as tickets_count,
    count(*) filter (where is_known) as known_count,
from judged_ratings
where refusal is null;
