insert into buyers (key, first_seen_at)
values ($key, $first_seen_at)
on conflict (key) do nothing;
