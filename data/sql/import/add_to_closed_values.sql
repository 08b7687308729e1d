insert into closed_values (role, value)
values ($role, $value);
