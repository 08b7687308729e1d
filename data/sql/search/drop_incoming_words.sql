drop table incoming_words;
