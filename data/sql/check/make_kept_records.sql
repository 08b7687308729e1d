-- grain: one row per message, file of evidence or claim
create or replace temp table kept_records as
select
    ticket_id,
    'messages' as part,
    cast(id as varchar) as id,
    '' as kind,
from messages
union all
select
    ticket_id,
    'evidence' as part,
    cast(id as varchar) as id,
    concat_ws(' for the claim ', kind, nullif(claim_id, '')) as kind,
from evidence
union all
select
    ticket_id,
    'claims' as part,
    cast(id as varchar) as id,
    '' as kind,
from claims;
