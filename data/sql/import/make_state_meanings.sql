-- grain: one row per state of the file (a history that keeps its own states), numbered
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
    seen.state as to_state,
    coalesce(described_states.kind, 'open') as kind,
    coalesce(described_states.ball, 'seller') as ball,
    coalesce(described_states.label_en, seen.state) as label_en,
    coalesce(described_states.label_ru, seen.state) as label_ru,
    coalesce(described_states.label_zh, seen.state) as label_zh,
    described_states.state is not null as is_described,
from seen
left join described_states on seen.state = described_states.state
where trim(seen.state) <> '';
