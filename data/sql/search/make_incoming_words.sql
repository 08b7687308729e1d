-- grain: one row per word that a text was found to have; a waiting room, so that the words can be put in order
create or replace temp table incoming_words (number bigint, record_id varchar, field varchar, word varchar);
