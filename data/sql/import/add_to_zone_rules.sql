insert into zone_rules (local_from, offset_there, oddity)
values ($local_from, $offset_there, $oddity);
