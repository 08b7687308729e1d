-- grain: one row per entry of the audit that is about policies or calendars, the newest first
select
    noted_at,
    by_id,
    action,
    subject,
    cast(detail as varchar) as detail,
from audit_entries
where action in ('publish_policies', 'publish_calendar')
order by
    noted_at desc,
    id desc;
