-- The way of each ticket through its states, kept like the other answers of the log, and whether the platform had it.

-- A short name for each state that was ever visited; one that was given stays.
create table kept_states (
    state_number integer primary key,
    category varchar not null,
    state varchar not null,
    kind varchar not null
);

-- The visits in order; a stay is null while it lasts.
create table kept_journeys (
    ticket_id uuid not null,
    opened_at timestamp not null,
    last_entered_at timestamp not null,
    state_numbers integer[] not null,
    stay_microseconds bigint[] not null
);

delete from kept_tickets;
alter table kept_tickets add column is_escalated boolean default false;
alter table kept_tickets alter column is_escalated set not null;
delete from settings
where key = 'kept_up_to';
