-- Notices: what people are told by themselves, what they want to be told, and what waits to leave the desk.

-- The key says what the same news is; `id` names it outside. `planned_at`: when it was decided where it goes outside.
create table notices (
    id uuid not null,
    person_id varchar not null,
    kind varchar not null,
    ticket_id uuid not null,
    cause varchar not null,
    what varchar not null,
    by_id varchar not null,
    percent integer,
    due_at timestamp,
    made_at timestamp not null,
    planned_at timestamp,
    read_at timestamp,
    primary key (person_id, ticket_id, kind, cause)
);

create table notice_choices (
    person_id varchar primary key,
    channels json not null,
    calendar_id varchar not null,
    chosen_at timestamp not null
);

-- One row per notice and channel outside; `idempotency_key` goes with every repeat. Addresses are not kept here.
create table outbox (
    notice_id uuid not null,
    channel varchar not null,
    person_id varchar not null,
    idempotency_key varchar not null,
    status varchar not null,
    refused_count integer not null,
    next_attempt_at timestamp not null,
    ended_at timestamp,
    reason varchar not null,
    primary key (notice_id, channel)
);
