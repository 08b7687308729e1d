-- grain: one row per state that the mapping does not describe, the most frequent first
select
    state_meanings.state,
    count(*) as row_count,
from steps
inner join state_meanings on steps.state_no = state_meanings.state_no
where not state_meanings.is_described
group by state_meanings.state
order by row_count desc, state_meanings.state asc;
