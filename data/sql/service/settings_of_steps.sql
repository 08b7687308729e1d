-- grain: one row per change of priority or assignee of a judged ticket, in the order of the steps
select
    event.kind,
    coalesce(
        json_extract_string(event.payload, '$.set.priority'), json_extract_string(event.payload, '$.set.assignee_id')
    ) as value,
from events as event
inner join judged_subjects as subject on event.ticket_id = subject.ticket_id
where
    event.kind in ('prioritised', 'assigned')
    and event.occurred_at < $as_of
    and (subject.merged_at is null or event.occurred_at <= subject.merged_at)
order by subject.ticket_no, event.occurred_at, event.seq;
