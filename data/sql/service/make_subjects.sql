-- grain: one row per judged ticket: what its log's steps do not say, and what it was opened with
create or replace temp table judged_subjects as
with duplicates as (
    select
        from_ticket_id as ticket_id,
        min(linked_at) as merged_at,
    from ticket_links
    where kind = 'duplicate_of'
    group by from_ticket_id
),

parents as (
    select
        merged.ticket_id,
        min(duplicate.opened_at) as starts_at,
    from int_duplicates($as_of) as merged
    inner join tickets as duplicate on merged.duplicate_id = duplicate.id
    group by merged.ticket_id
),

told as (
    select
        ticket_id,
        any_value(json_extract_string(payload, '$.scheme')) as scheme,
    from events
    semi join judged_tickets using (ticket_id)
    where kind = 'opened'
    group by ticket_id
),

changed as (
    select
        ticket_id,
        bool_or(kind = 'prioritised') as is_prioritised,
        bool_or(kind = 'assigned') as is_assigned,
    from events
    semi join judged_tickets using (ticket_id)
    where kind in ('prioritised', 'assigned')
    group by ticket_id
),

births as (
    select
        ticket_id,
        any_value(json_extract_string(payload, '$.ticket.priority')) as priority,
        any_value(json_extract_string(payload, '$.ticket.assignee_id')) as assignee_id,
    from events
    semi join changed using (ticket_id)
    where contains(cast(payload as varchar), '"ticket"')
    group by ticket_id
)

select
    judged_tickets.ticket_no,
    judged_tickets.ticket_id,
    tickets.number,
    tickets.channel,
    tickets.seller_id as seller,
    tickets.language,
    -- Today's parcel speaks only for logs that were written before the opening told its scheme.
    coalesce(told.scheme, postings.scheme, '') as scheme,
    case
        when coalesce(changed.is_prioritised, false) then coalesce(births.priority, 'normal') else tickets.priority
    end as priority,
    case
        when coalesce(changed.is_assigned, false) then coalesce(births.assignee_id, '') else tickets.assignee_id
    end as assignee,
    if(duplicates.merged_at < $as_of, duplicates.merged_at, null) as merged_at,
    if(parents.starts_at < tickets.opened_at, parents.starts_at, null) as starts_at,
from judged_tickets
inner join tickets on judged_tickets.ticket_id = tickets.id
left join postings on tickets.posting_number = postings.number
left join told on judged_tickets.ticket_id = told.ticket_id
left join changed on judged_tickets.ticket_id = changed.ticket_id
left join births on judged_tickets.ticket_id = births.ticket_id
left join duplicates on judged_tickets.ticket_id = duplicates.ticket_id
left join parents on judged_tickets.ticket_id = parents.ticket_id;
