-- grain: one row, the parcel, or none
select *
from postings
where number = $posting_number;
