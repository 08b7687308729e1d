-- grain: one row: local times that the zone skipped, and local times that it had twice
select
    count(*) filter (where oddity = 'skipped') as skipped_count,
    count(*) filter (where oddity = 'repeated') as repeated_count,
from moments;
