-- grain: one row per judged ticket, by its number
select
    ticket_no,
    cast(ticket_id as varchar) as ticket_id,
    number,
    channel,
    seller,
    language,
    scheme,
    priority,
    assignee,
    merge_times,
    starts_at,
    words,
from judged_subjects
order by ticket_no;
