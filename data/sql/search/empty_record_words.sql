delete from record_words;
