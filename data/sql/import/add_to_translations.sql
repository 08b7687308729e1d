insert into translations (role, value, meaning)
values ($role, $value, $meaning);
