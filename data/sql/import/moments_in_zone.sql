-- grain: one row per row of the file: local times become instants by the rules of their zone (table zone_rules)
create or replace table moments as
select
    moments.row_id,
    case when moments.is_local then moments.moment - zone_rules.offset_there else moments.moment end as moment,
    case when moments.is_local then zone_rules.oddity else '' end as oddity,
    moments.is_local,
from moments
asof left join zone_rules on moments.moment >= zone_rules.local_from;
