-- grain: one row per migration that the file has been through
select
    number,
    name,
    sha256,
from migrations
order by number;
