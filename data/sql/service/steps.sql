-- grain: one row per step of a judged ticket by time, then by order of recording; names are hashes, kinds are numbers
with seen as (
    select
        subject.ticket_no,
        happened.occurred_at,
        happened.seq,
        happened.category,
        happened.to_state,
        happened.to_kind,
        happened.to_ball,
        happened.is_visit,
        happened.is_public_reply as is_reply,
        happened.is_buyer_message as is_message,
        happened.kind = 'opened' as is_opening,
        happened.kind = 'merged' as is_merged,
        happened.kind = 'prioritised' as is_prioritised,
        happened.kind = 'assigned' as is_assigned,
        false as is_merge,
        false as is_start,
    from events as happened
    inner join judged_subjects as subject on happened.ticket_id = subject.ticket_id
    where happened.occurred_at < $as_of and (subject.merged_at is null or happened.occurred_at <= subject.merged_at)
),

woven as (
    select * from seen
    union all by name
    -- A duplicate leaves at its merging, and the ticket that it was merged into begins with the earliest of them.
    select
        ticket_no,
        merged_at as occurred_at,
        2147483647 as seq,
        true as is_merge,
    from judged_subjects
    where merged_at is not null
    union all by name
    select
        ticket_no,
        starts_at as occurred_at,
        0 as seq,
        true as is_start,
    from judged_subjects
    where starts_at is not null
)

select
    ticket_no,
    epoch_us(occurred_at) as at_microseconds,
    hash(category) as category_hash,
    hash(to_state) as state_hash,
    cast(case to_kind
        when 'open' then 0 when 'waiting' then 1 when 'platform' then 2 when 'done' then 3 else 4
    end as tinyint) as kind_no,
    cast(case to_ball
        when 'buyer' then 0 when 'seller' then 1 when 'platform' then 2 when 'carrier' then 3 else 4
    end as tinyint) as ball_no,
    coalesce(is_visit, false) as is_visit,
    coalesce(is_reply, false) as is_reply,
    coalesce(is_message, false) as is_message,
    coalesce(is_opening, false) as is_opening,
    coalesce(is_merged, false) as is_merged,
    coalesce(is_prioritised, false) as is_prioritised,
    coalesce(is_assigned, false) as is_assigned,
    coalesce(is_merge, false) as is_merge,
    coalesce(is_start, false) as is_start,
from woven
order by ticket_no, occurred_at, seq;
