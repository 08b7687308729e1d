delete from ticket_words;
