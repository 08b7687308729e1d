-- grain: one row per rating that cannot be taken
select
    line,
    refusal,
from judged_ratings
where refusal is not null
order by line;
