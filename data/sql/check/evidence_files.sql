-- grain: one row per file of evidence, with the first ticket that has it
select
    evidence.content_hash,
    min(evidence.size_bytes) as size_bytes,
    min(tickets.number) as number,
from evidence
left join tickets on evidence.ticket_id = tickets.id
group by evidence.content_hash
order by number, evidence.content_hash;
