-- grain: one row: new ratings, of how many tickets, first comments of ratings that the log has, and rows that it has
select
    count(*) filter (where not is_known and not is_rating_known) as taken_count,
    count(distinct ticket_id) filter (where not is_known and not is_rating_known) as tickets_count,
    count(*) filter (where not is_known and is_rating_known) as comments_count,
    count(*) filter (where is_known) as known_count,
from judged_ratings
where refusal is null;
