-- the words of one record
insert into record_words (record_id, field, word)
select
    $record_id as record_id,
    $field as field,
    unnest($words::varchar[]) as word;
