-- The small tables of an import's staging area: what the mapping says, and what was found wrong.
create or replace table zone_rules (local_from timestamp, offset_there interval, oddity varchar);

create or replace table rejects (line bigint, row_id bigint, column_name varchar, reason varchar);

create or replace table described_states (
    state varchar, kind varchar, ball varchar, label_en varchar, label_ru varchar, label_zh varchar, target varchar
);

create or replace table activity_meanings (activity varchar, actor_role varchar, is_public_reply boolean);

create or replace table translations (role varchar, word varchar, meaning varchar);

create or replace table closed_values (role varchar, word varchar);

create or replace table declared_states (state varchar, kind varchar, ball varchar);

create or replace table declared_steps (from_state varchar, to_state varchar);

drop view if exists row_fields;

drop table if exists rows;

drop table if exists temp.reject_errors;

drop table if exists temp.reject_scans;
