-- grain: one row per ticket whose whole log is a history from elsewhere without effects: SQL alone can replay it
create or replace temp table plain_tickets as
select ticket_id
from events
group by ticket_id
having bool_and(
    kind = 'observed'
    and is_visit
    and case
        when payload = '{}' then true
        else not list_has_any(
            json_keys(payload),
            ['starts', 'stops', 'raises', 'clears', 'counts', 'reason', 'spent', 'timers', 'set']
        )
    end
);
