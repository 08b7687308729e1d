-- grain: one row per word of a record
select word
from record_words
where record_id = $record_id and field = $field;
