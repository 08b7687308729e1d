-- who did what to the desk itself
insert into audit_entries (id, noted_at, by_id, action, subject, detail)
values ($id, $noted_at, $by_id, $action, $subject, $detail);
