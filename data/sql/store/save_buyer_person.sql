insert into buyer_persons (buyer_key, name, marketplace_user_id, email, phone)
values ($buyer_key, $name, $marketplace_user_id, $email, $phone)
on conflict (buyer_key) do update
    set
        name = excluded.name,
        marketplace_user_id = excluded.marketplace_user_id,
        email = excluded.email,
        phone = excluded.phone;
