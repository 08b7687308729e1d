-- grain: one row per fault of a row of the file
insert into rejects (line, row_id, column_name, reason)
with

faulty as (
    select
        checked.row_id,
        rows.line,
        rows.time_text,
        checked.is_read,
        checked.moment,
        checked.is_future,
        trim(rows.case_ref) = '' as has_no_case,
        trim(rows.activity) = '' as has_no_activity,
        coalesce(trim(rows.state) = '', false) as has_no_state,
        trim(rows.time_text) = '' as has_no_time,
    from checked
    inner join rows on checked.row_id = rows.rowid
    where checked.is_faulty
),

faults as (
    select
        row_id,
        line,
        unnest([
            case when has_no_case then { 'name': $case_name::varchar, 'reason': 'the case is missing' } end,
            case
                when has_no_activity and has_no_time
                    then { 'name': $activity_name::varchar, 'reason': 'the case has no event here' }
                when has_no_activity then { 'name': $activity_name::varchar, 'reason': 'the activity is missing' }
            end,
            case when has_no_state then { 'name': $state_name::varchar, 'reason': 'the state is missing' } end,
            case
                when has_no_time then { 'name': $time_name::varchar, 'reason': 'the time is missing' }
                when not is_read
                    then {
                        'name': $time_name::varchar,
                        'reason': concat('"', time_text, '" is no time in the format ', $format)
                    }
                when is_future
                    then {
                        'name': $time_name::varchar,
                        'reason': concat(
                            '"', time_text, '" (', moment, ' UTC) lies in the future: now is ', $now, ' UTC'
                        )
                    }
            end
        ]) as fault,
    from faulty
)

select
    line,
    row_id,
    fault.name as column_name,
    fault.reason,
from faults
where fault is not null;
