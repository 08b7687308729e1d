-- grain: one row: what the file holds
select
    (select count(*) from rows) as row_count,
    (
        select count(distinct row_id) from rejects
        where row_id is not null
    ) as rejected_row_count,
    (
        select count(*) from rejects
        where row_id is null
    ) as formless_count,
    (select count(*) from steps) as step_count,
    (
        select count(*) from steps
        where repeat > 0
    ) as repeat_count,
    (select count(*) from cases) as case_count;
