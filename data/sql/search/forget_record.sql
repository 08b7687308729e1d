delete from record_words
where record_id = $record_id and field = $field;
