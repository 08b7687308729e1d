-- What an agent writes with: templates and macros in versions, drafts by agent and ticket; the claim of evidence.

alter table evidence add column claim_id varchar default '';
update evidence set claim_id = '';
alter table evidence alter column claim_id set not null;

-- A version is never edited; the newest of an id and language counts, and is offered while it is active.
create table reply_template_versions (
    template_id varchar not null,
    language varchar not null,
    version integer not null,
    name varchar not null,
    category varchar not null,
    text varchar not null,
    is_active boolean not null,
    saved_at timestamp not null,
    saved_by varchar not null,
    primary key (template_id, language, version)
);

create table macro_versions (
    macro_id varchar not null,
    version integer not null,
    name varchar not null,
    document json not null,
    is_active boolean not null,
    saved_at timestamp not null,
    saved_by varchar not null,
    primary key (macro_id, version)
);

-- What somebody has typed and not sent yet; no part of the log. `base_version` is the ticket as they saw it.
create table drafts (
    ticket_id uuid not null,
    agent_id varchar not null,
    field varchar not null,
    text varchar not null,
    base_version integer not null,
    saved_at timestamp not null,
    primary key (ticket_id, agent_id, field)
);
