-- grain: one row: how many times the format reads, and a fingerprint of what it reads them as
select
    count(moment) as fit_count,
    coalesce(bit_xor(hash(row_id, moment)), 0) as fingerprint,
    coalesce(bool_or(is_local and moment is not null), false) as is_local,
    min(moment) filter (where is_local) as first_local,
    max(moment) filter (where is_local) as last_local,
from moments
where moment between timestamp '1000-01-01' and timestamp '9999-12-31 23:59:59.999999';
