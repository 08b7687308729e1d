-- What an agent takes, and when they are away (DECISIONS: Assignment without a name). No row: everything, always there.

-- The lists are JSON arrays; an empty one is no limit.
create table agent_profiles (
    agent_id varchar primary key,
    most_open_count integer,
    categories json not null,
    languages json not null,
    schemes json not null,
    absent_from_at timestamp,
    absent_until_at timestamp,
    stand_in_id varchar not null,
    changed_at timestamp not null,
    changed_by varchar not null
);
