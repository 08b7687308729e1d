-- grain: one row per state of the file that has a place in the declared lifecycle, numbered
create or replace table state_meanings as
with

seen as (
    select
        state,
        min(row_id) as first_row,
    from checked
    group by state
)

select
    row_number() over (order by seen.first_row) as state_no,
    seen.state,
    declared_states.state as to_state,
    declared_states.kind,
    declared_states.ball,
    '' as label_en,
    '' as label_ru,
    '' as label_zh,
    true as is_described,
from seen
left join described_states on seen.state = described_states.state
inner join declared_states on coalesce(described_states.target, seen.state) = declared_states.state;
