-- A ticket's timers are part of its row, as its clocks are: an act writes both with one statement
-- (DECISIONS: Storage rules). `stg_timers` lists them one by one.
alter table tickets add column timers json default '[]';

alter table tickets alter column timers set not null;

update tickets
set timers = armed.timers
from (
    select
        ticket_id,
        to_json(
            list({
                'anchor_at': strftime(anchor_at, '%Y-%m-%dT%H:%M:%S.%f'),
                'clock': clock,
                'due_at': strftime(due_at, '%Y-%m-%dT%H:%M:%S.%f'),
                'policy_id': policy_id,
                'trigger': trigger
            } order by rowid)
        ) as timers
    from timers
    group by ticket_id
) as armed
where tickets.id = armed.ticket_id;

drop table timers;

-- The words of what was written are made before the next search (DECISIONS: Search): up to here they are all there.
insert into settings
select
    'search_words_up_to' as setting,
    cast(max(position) as varchar) as newest
from events
having max(position) is not null;
