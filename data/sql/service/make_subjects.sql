-- grain: one row per judged ticket: what its log's steps do not say, and what it was opened with
create or replace temp table judged_subjects as
with duplicates as (
    select
        from_ticket_id as ticket_id,
        list(linked_at order by linked_at) as merge_times,
    from int_merges($as_of)
    group by from_ticket_id
),

merged as (
    select *
    from int_duplicates($as_of)
),

parents as (
    select
        merged.ticket_id,
        min(duplicate.opened_at) as starts_at,
    from merged
    semi join judged_tickets on merged.ticket_id = judged_tickets.ticket_id
    inner join tickets as duplicate on merged.duplicate_id = duplicate.id
    group by merged.ticket_id
),

leaving as (
    select distinct
        merged.duplicate_id,
        merged.merged_at,
    from merged
    semi join judged_tickets on merged.ticket_id = judged_tickets.ticket_id
),

-- What happened in the duplicates up to each of their merges.
happened as (
    select
        leaving.duplicate_id,
        leaving.merged_at,
        events.occurred_at,
        events.is_public_reply,
        events.is_buyer_message,
        events.to_kind,
        row_number() over (log) as place,
        if(events.is_visit, events.kind, null) as visit,
        lag(if(events.is_visit, events.kind, null) ignore nulls) over (log) as visit_before,
        lead(if(events.is_visit, events.kind, null) ignore nulls) over (log) as visit_after,
    from leaving
    inner join events on leaving.duplicate_id = events.ticket_id and leaving.merged_at >= events.occurred_at
    where events.kind <> 'merged' or events.occurred_at < leaving.merged_at
    window log as (
        partition by leaving.duplicate_id, leaving.merged_at
        order by events.occurred_at, events.seq
    )
),

-- An undone merge is no visit, as if it had never been, nor is its undoing.
said as (
    select
        *,
        last_value(
            if(
                (visit = 'merged' and coalesce(visit_after, '') = 'unmerged')
                or (visit = 'unmerged' and coalesce(visit_before, '') = 'merged')
                or visit is null,
                null,
                to_kind
            ) ignore nulls
        ) over (partition by duplicate_id, merged_at order by place) in ('done', 'final') as is_settled,
    from happened
),

answered as (
    select
        *,
        max(if(is_public_reply or is_settled, place, 0)) over (partition by duplicate_id, merged_at) as last_place,
    from said
),

waiting as (
    select
        duplicate_id,
        merged_at,
        max(occurred_at) filter (where place = last_place) as answered_at,
        list(occurred_at) filter (where is_buyer_message and place > last_place) as asked_ats,
    from answered
    group by duplicate_id, merged_at
),

-- All of them, for the ticket that stays may have answered an older one.
asked as (
    select
        duplicate_id,
        merged_at,
        unnest(asked_ats) as asked_at,
    from waiting
),

-- A message of a duplicate's duplicate may have been answered in the one that stayed then.
answered_between as (
    select
        merged.ticket_id,
        merged.duplicate_id,
        merged.merged_at,
        max(waiting.answered_at) as answered_at,
    from merged
    inner join merged as stayed
        on merged.ticket_id = stayed.ticket_id and merged.merged_at <= stayed.merged_at
    inner join merged as link
        on
            stayed.duplicate_id = link.ticket_id
            and merged.duplicate_id = link.duplicate_id
            and merged.merged_at = link.merged_at
    inner join waiting
        on stayed.duplicate_id = waiting.duplicate_id and stayed.merged_at = waiting.merged_at
    group by merged.ticket_id, merged.duplicate_id, merged.merged_at
),

words as (
    select
        merged.ticket_id,
        list(distinct asked.asked_at order by asked.asked_at) as words,
    from merged
    inner join tickets as kept on merged.ticket_id = kept.id
    inner join parents on merged.ticket_id = parents.ticket_id
    inner join asked
        on merged.duplicate_id = asked.duplicate_id and merged.merged_at = asked.merged_at
    left join answered_between as between_them
        on
            merged.ticket_id = between_them.ticket_id
            and merged.duplicate_id = between_them.duplicate_id
            and merged.merged_at = between_them.merged_at
    where
        (between_them.answered_at is null or between_them.answered_at < asked.asked_at)
        and kept.opened_at < $as_of
        and (asked.asked_at > kept.opened_at or parents.starts_at < kept.opened_at)
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
    coalesce(duplicates.merge_times, []) as merge_times,
    -- Before its own opening a ticket has no steps, whatever is merged into it.
    if(parents.starts_at < tickets.opened_at and tickets.opened_at < $as_of, parents.starts_at, null) as starts_at,
    coalesce(words.words, []) as words,
from judged_tickets
inner join tickets on judged_tickets.ticket_id = tickets.id
left join postings on tickets.posting_number = postings.number
left join told on judged_tickets.ticket_id = told.ticket_id
left join changed on judged_tickets.ticket_id = changed.ticket_id
left join births on judged_tickets.ticket_id = births.ticket_id
left join duplicates on judged_tickets.ticket_id = duplicates.ticket_id
left join parents on judged_tickets.ticket_id = parents.ticket_id
left join words on judged_tickets.ticket_id = words.ticket_id;
