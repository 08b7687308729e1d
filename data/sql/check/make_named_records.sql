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
    ticket_id,
    seq,
    'evidence' as part,
    unnest(from_json(payload -> 'evidence_ids', '["varchar"]')) as id,
    unnest(from_json(payload -> 'evidence_kinds', '["varchar"]')) as kind,
from speaking
union all
select
    ticket_id,
    seq,
    'claims' as part,
    payload ->> 'claim_id' as id,
    '' as kind,
from speaking
where (payload ->> 'claim_id') is not null;
