insert into translations (role, word, meaning)
values ($role, $word, $meaning);
