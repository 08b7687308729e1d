-- grain: one row per event of the desk: nothing is kept yet
create or replace temp view changed_log as
select *
from stg_log;
