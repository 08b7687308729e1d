-- grain: one row, the parcel as JSON, or none
select to_json(postings) as record
from postings
where number = $posting_number;
