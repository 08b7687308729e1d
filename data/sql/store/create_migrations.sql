-- the ledger: one row per migration that the file has been through
create table migrations (
    number integer primary key,
    name varchar not null,
    sha256 varchar not null,
    applied_at timestamp not null
);
