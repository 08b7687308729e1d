-- grain: one row per state that the newest version of each lifecycle of this import must have
create or replace temp table plan_states as
with

kept as (
    select
        lifecycle_states.*,
        row_number() over (partition by category, version order by rowid) as place,
    from lifecycle_states
    where (
        category, version) in (
        select (category, max(version)) from lifecycles
        group by category
    )
),

seen as (
    select distinct
        plan_tickets.category,
        plan_steps.state_no,
    from plan_steps
    inner join plan_tickets on plan_steps.case_no = plan_tickets.case_no
),

wanted as (
    select
        seen.category,
        state_meanings.* exclude (state_no, to_state),
        state_meanings.state_no + 1000000 as place,
    from seen
    inner join importing.state_meanings on seen.state_no = state_meanings.state_no
),

merged as (
    select
        kept.category,
        kept.state,
        coalesce(wanted.kind, kept.kind) as kind,
        coalesce(wanted.ball, kept.ball) as ball,
        coalesce(wanted.label_en, kept.label_en) as label_en,
        coalesce(wanted.label_ru, kept.label_ru) as label_ru,
        coalesce(wanted.label_zh, kept.label_zh) as label_zh,
        coalesce(wanted.is_described, kept.is_described) as is_described,
        kept.place,
        coalesce(wanted.kind <> kept.kind or wanted.ball <> kept.ball, false) as is_changed,
    from kept
    left join wanted on kept.category = wanted.category and kept.state = wanted.state
    where kept.category in (select category from seen)
    union all by name
    select
        wanted.*,
        true as is_changed,
    from wanted
    anti join kept on wanted.category = kept.category and wanted.state = kept.state
)

select * from merged;
