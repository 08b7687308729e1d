-- grain: one row per name of a category or of a state that policies speak of, with the hash that stands for it
with names as (
    select distinct category as name from tickets
    union
    select distinct category as name from lifecycle_states
    union
    select unnest(cast($spoken_of as varchar[])) as name
)

select
    name,
    hash(name) as name_hash,
from names
order by name;
