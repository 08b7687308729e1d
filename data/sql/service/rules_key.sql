-- grain: one row that changes whenever policies or a calendar were published
select
    (select count(*) from service_policy_versions) as policies_count,
    (select count(*) from calendar_versions) as calendars_count;
