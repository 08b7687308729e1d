-- grain: one row: what the import adds to the desk
select
    (select count(*) from plan_steps) as added_count,
    (
        select count(*) from plan_tickets
        where is_new
    ) as new_ticket_count,
    (
        select count(*) from plan_tickets
        where not is_new
    ) as grown_ticket_count,
    (
        select count(*) from plan_steps
        where not is_conforming
    ) as nonconforming_count,
    (
        select count(*) from plan_refusals
        where not is_taken_over
    ) as refused_count,
    (
        select count(*) from plan_refusals
        where is_taken_over
    ) as taken_over_count,
    (
        select coalesce(list(distinct number order by number), []) from plan_refusals
        where is_taken_over
    ) as taken_over_numbers,
    (
        -- New rows whose ticket has an event of the same activity at the same instant; more repeats of a row are none.
        select count(*)
        from plan_tickets
        inner join plan_steps on plan_tickets.case_no = plan_steps.case_no
        inner join importing.rows on plan_steps.row_id = rows.rowid
        semi join events
            on
                plan_tickets.known_id = events.ticket_id
                and plan_steps.occurred_at = events.occurred_at
                and rows.activity = events.name
        anti join import_rows on plan_steps.row_hash = import_rows.row_hash and import_rows.source = $source
        where not plan_tickets.is_new
    ) as likely_double_count,
    coalesce(
        (select max(version) from plan_versions),
        (
            select max(version) from lifecycles
            where category = $name
        ),
        0
    ) as lifecycle_version;
