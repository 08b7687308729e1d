-- Service levels: calendars and policies in versions, what was judged, and what is kept of the log for speed.

-- Who wrote is part of the log, as who replied is: turns and pauses are cut at the buyer's messages.
alter table events add column is_buyer_message boolean default false;
update events
set
    is_buyer_message
    = actor_role in ('buyer', 'system_sync') and json_extract(payload, '$.starts.buyer_message') is not null
    or actor_role = 'buyer' and kind = 'observed';
alter table events alter column is_buyer_message set not null;

-- A version is never edited. It holds from `valid_from` on, until the next version of the same id does.
create table calendar_versions (
    calendar_id varchar not null,
    version integer not null,
    valid_from timestamp not null,
    document json not null,
    published_at timestamp not null,
    published_by varchar not null,
    note varchar not null,
    primary key (calendar_id, version)
);

create table service_policy_versions (
    version integer primary key,
    valid_from timestamp not null,
    document json not null,
    published_at timestamp not null,
    published_by varchar not null,
    note varchar not null
);

create table audit_entries (
    id uuid primary key,
    noted_at timestamp not null,
    by_id varchar not null,
    action varchar not null,
    subject varchar not null,
    detail json not null
);

-- A warning of a target that was acted on: each happens once, whatever is restarted.
create table service_warnings (
    ticket_id uuid not null,
    target_kind varchar not null,
    state varchar not null,
    started_at timestamp not null,
    percent integer not null,
    due_at timestamp not null,
    fired_at timestamp not null,
    effect varchar not null,
    outcome varchar not null,
    primary key (ticket_id, target_kind, state, started_at, percent)
);

-- What follows is derived from the log up to `kept_up_to` (a setting) and can be made anew at any time.
create table kept_tickets (
    ticket_id uuid not null,
    number bigint not null,
    seller_id varchar not null,
    team_id varchar not null,
    channel varchar not null,
    is_imported boolean not null,
    events_count bigint not null,
    reopened_steps_count bigint not null,
    replies_count bigint not null,
    turns_count bigint not null,
    replied_turns_count bigint not null,
    replied_microseconds bigint not null,
    decisions_count bigint not null,
    auto_decisions_count bigint not null,
    opened_at timestamp not null,
    last_event_at timestamp not null,
    first_message_at timestamp,
    asked_at timestamp,
    first_reply_at timestamp,
    first_resolved_at timestamp,
    last_resolved_at timestamp,
    first_settled_at timestamp,
    state_entered_at timestamp,
    category varchar not null,
    is_moved boolean not null,
    state varchar not null,
    kind varchar not null,
    is_open boolean not null
);

create table kept_stretches (
    ticket_id uuid not null,
    seller_id varchar not null,
    team_id varchar not null,
    category varchar not null,
    opened_at timestamp not null,
    settled_at timestamp,
    is_reopened boolean not null,
    is_moved_in boolean not null,
    is_moved_on boolean not null
);

create table kept_decisions (
    ticket_id uuid not null,
    seller_id varchar not null,
    team_id varchar not null,
    category varchar not null,
    decided_at timestamp not null,
    is_auto boolean not null
);

create table kept_targets (
    ticket_id uuid not null,
    target_kind varchar not null,
    state varchar not null,
    turn integer not null,
    policy_version integer not null,
    policy_id varchar not null,
    calendar_id varchar not null,
    budget_microseconds bigint not null,
    started_at timestamp not null,
    ended_at timestamp,
    ending varchar not null,
    due_at timestamp,
    counted_microseconds bigint not null,
    allowed_microseconds bigint not null,
    is_paused boolean not null,
    is_in_excess boolean not null,
    lenient_due_at timestamp,
    pause_microseconds bigint not null,
    excess_pause_microseconds bigint not null,
    category varchar not null,
    priority varchar not null,
    assignee_id varchar not null,
    number bigint not null,
    seller_id varchar not null,
    team_id varchar not null,
    last_event_at timestamp not null
);

create table kept_warnings (
    ticket_id uuid not null,
    target_kind varchar not null,
    state varchar not null,
    started_at timestamp not null,
    percent integer not null,
    due_at timestamp not null,
    effect varchar not null,
    argument varchar not null,
    policy_version integer not null
);

-- Empty for ever: a question as of the past puts temporary tables of these names before them.
create table judged_tickets (
    ticket_id uuid not null,
    ticket_no integer not null
);

create table rejudged_targets as
select * from kept_targets;

-- The same macros as in main, reading less: where all of the log is kept, and where also nothing happened since.
create schema kept;
create schema present;
