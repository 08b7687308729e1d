insert into closed_values (role, word)
values ($role, $word);
