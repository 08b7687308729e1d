-- The log, the tickets and every figure keep the key, which leads to nobody from now on.
delete from buyer_persons
where buyer_key = $buyer_key;
