-- grain: one row per ticket that gets events: who it is, and where its new events bring it
create or replace temp table plan_tickets as
with

latest as (
    select
        case_no,
        count(*) as event_count,
        min(occurred_at) as first_at,
        max(occurred_at) as last_at,
        arg_max(state_no, step_no) as state_no,
        coalesce(max(occurred_at) filter (where is_visit), max(entered_at)) as entered_at,
    from plan_steps
    group by case_no
),

numbered as (
    select
        latest.case_no,
        row_number() over (order by latest.case_no) as ordinal,
    from latest
    inner join plan_cases on latest.case_no = plan_cases.case_no
    where plan_cases.is_new
),

counted as (
    select
        plan_cases.* exclude (category),
        latest.* exclude (case_no, state_no),
        state_meanings.to_state,
        state_meanings.kind,
        state_meanings.ball,
        case
            when plan_cases.is_new or $is_declared then plan_cases.category
            else plan_cases.known_category
        end as category,
        numbered.ordinal,
    from latest
    inner join plan_cases on latest.case_no = plan_cases.case_no
    inner join importing.state_meanings on latest.state_no = state_meanings.state_no
    left join numbered on latest.case_no = numbered.case_no
)

select
    counted.*,
    case when is_new then $first_number + ordinal - 1 end as number,
    coalesce(
        known_id,
        -- UUIDv7 (RFC 9562): the instant, then a counter, then a digest of what the ticket is called elsewhere.
        cast(
            concat(
                lpad(hex(epoch_ms($now::timestamp)), 12, '0'),
                '7',
                left(lpad(hex(case_no), 8, '0'), 3),
                '8',
                right(lpad(hex(case_no), 8, '0'), 5),
                left(md5(concat($source::varchar, chr(31), case_ref)), 10)
            ) as uuid
        )
    ) as ticket_id,
from counted;
