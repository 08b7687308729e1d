-- grain: one row per message, file of evidence or claim that an event names
create or replace temp table named_records as
with

speaking as (
    select
        ticket_id,
        seq,
        payload,
    from events
    where
        contains(payload, '"message_ids"')
        or contains(payload, '"evidence_ids"')
        or contains(payload, '"claim_id"')
),

tagged as (
    select
        ticket_id,
        payload ->> 'tagged_evidence_id' as id,
        arg_max(payload ->> 'tagged_kind', seq) as kind,
        arg_max(payload ->> 'tagged_claim_id', seq) as claim_id,
        max(seq) as seq,
    from events
    where contains(payload, '"tagged_evidence_id"')
    group by ticket_id, payload ->> 'tagged_evidence_id'
),

added as (
    select
        ticket_id,
        seq,
        unnest(from_json(payload -> 'evidence_ids', '["varchar"]')) as id,
        unnest(from_json(payload -> 'evidence_kinds', '["varchar"]')) as kind,
        unnest(from_json(payload -> 'claim_ids', '["varchar"]')) as claim_id,
    from speaking
)

select
    ticket_id,
    seq,
    'messages' as part,
    unnest(from_json(payload -> 'message_ids', '["varchar"]')) as id,
    '' as kind,
from speaking
union all
select
    added.ticket_id,
    coalesce(tagged.seq, added.seq) as seq,
    'evidence' as part,
    added.id,
    concat_ws(
        ' for the claim ',
        coalesce(tagged.kind, added.kind),
        nullif(coalesce(tagged.claim_id, added.claim_id), '')
    ) as kind,
from added
left join tagged on added.ticket_id = tagged.ticket_id and added.id = tagged.id
union all
select
    ticket_id,
    seq,
    'claims' as part,
    payload ->> 'claim_id' as id,
    '' as kind,
from speaking
where (payload ->> 'claim_id') is not null;
