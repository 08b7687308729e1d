-- grain: one row per running target with a calendar's clock: what it counted since its ticket's last event
create or replace temp table overdue_targets as
select
    number::bigint as number,
    target_kind::varchar as target_kind,
    turn::integer as turn,
    since_microseconds::bigint as since_microseconds,
from incoming;
