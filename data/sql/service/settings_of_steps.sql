-- grain: one row per change of priority or assignee of a judged ticket, in the order of the steps
select
    happened.kind,
    coalesce(
        json_extract_string(happened.payload, '$.set.priority'),
        json_extract_string(happened.payload, '$.set.assignee_id')
    ) as given,
from events as happened
inner join judged_subjects as subject on happened.ticket_id = subject.ticket_id
where
    happened.kind in ('prioritised', 'assigned')
    and happened.occurred_at < $as_of
order by subject.ticket_no, happened.occurred_at, happened.seq;
