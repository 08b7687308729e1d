-- the words of one ticket
insert into ticket_words (number, field, word)
select
    $number as number,
    unnest($fields::varchar[]) as field,
    unnest($words::varchar[]) as word;
