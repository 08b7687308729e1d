-- The desk from the first day. No foreign keys and no secondary indexes (DECISIONS: Storage rules); `check` verifies.
-- Instants are naive UTC. Marketplace ids are text. JSON columns hold sorted-key JSON text.

create table settings (key varchar primary key, value varchar not null);

create table lifecycles (
    category varchar not null,
    version integer not null,
    is_observed boolean not null,
    label_en varchar not null,
    label_ru varchar not null,
    label_zh varchar not null,
    source varchar not null,
    added_at timestamp not null,
    primary key (category, version)
);

create table lifecycle_states (
    category varchar not null,
    version integer not null,
    state varchar not null,
    kind varchar not null,
    ball varchar not null,
    label_en varchar not null,
    label_ru varchar not null,
    label_zh varchar not null,
    is_described boolean not null,
    primary key (category, version, state)
);

create table tickets (
    id uuid primary key,
    number bigint not null,
    category varchar not null,
    lifecycle_version integer not null,
    state varchar not null,
    state_kind varchar not null,
    ball varchar not null,
    version integer not null,
    opened_at timestamp not null,
    state_entered_at timestamp not null,
    channel varchar not null,
    language varchar not null,
    priority varchar not null,
    seller_id varchar not null,
    buyer_key varchar not null,
    order_id varchar not null,
    posting_number varchar not null,
    product_id varchar not null,
    assignee_id varchar not null,
    team_id varchar not null,
    resolution_reason varchar not null,
    source varchar not null,
    external_ref varchar not null,
    is_synthetic boolean not null,
    tags json not null,
    flags json not null,
    counts json not null,
    clocks json not null,
    spent json not null,
    next_due_at timestamp,
    next_trigger varchar not null,
    last_event_at timestamp not null
);

create table events (
    position bigint not null,
    ticket_id uuid not null,
    seq integer not null,
    kind varchar not null,
    name varchar not null,
    category varchar not null,
    lifecycle_version integer not null,
    from_state varchar not null,
    from_kind varchar not null,
    to_state varchar not null,
    to_kind varchar not null,
    to_ball varchar not null,
    actor_role varchar not null,
    actor_id varchar not null,
    recorded_by varchar not null,
    occurred_at timestamp not null,
    recorded_at timestamp not null,
    is_visit boolean not null,
    is_public_reply boolean not null,
    is_conforming boolean not null,
    state_seconds double,
    payload json not null,
    payload_version integer not null,
    primary key (ticket_id, seq)
);

create sequence ticket_numbers;
create sequence event_positions;

create table timers (
    ticket_id uuid not null,
    trigger varchar not null,
    clock varchar not null,
    anchor_at timestamp not null,
    due_at timestamp not null,
    policy_id varchar not null
);

create table messages (
    id uuid not null,
    ticket_id uuid not null,
    author_role varchar not null,
    author_id varchar not null,
    channel varchar not null,
    direction varchar not null,
    is_public boolean not null,
    text varchar not null,
    sent_at timestamp not null,
    recorded_at timestamp not null
);

create table evidence (
    id uuid not null,
    ticket_id uuid not null,
    kind varchar not null,
    content_hash varchar not null,
    size_bytes bigint not null,
    media_type varchar not null,
    file_name varchar not null,
    added_by_role varchar not null,
    added_by_id varchar not null,
    added_at timestamp not null
);

create table claims (
    id uuid not null,
    ticket_id uuid not null,
    kind varchar not null,
    external_ref varchar not null,
    status varchar not null,
    reason_code varchar not null,
    is_defect boolean not null,
    filed_at timestamp not null,
    auto_approve_at timestamp,
    amount decimal(18, 2),
    currency varchar
);

create table ticket_links (
    from_ticket_id uuid not null,
    to_ticket_id uuid not null,
    kind varchar not null,
    linked_at timestamp not null
);

create table sellers (id varchar primary key, name varchar not null, contract varchar not null);

create table buyers (key varchar primary key, first_seen_at timestamp not null);

-- The person behind a buyer's key. Erasing a person deletes a row here and touches nothing else.
create table buyer_persons (
    buyer_key varchar primary key,
    name varchar not null,
    marketplace_user_id varchar not null,
    email varchar not null,
    phone varchar not null
);

create table teams (id varchar primary key, name varchar not null);

create table agents (
    id varchar primary key,
    name varchar not null,
    role varchar not null,
    team_id varchar not null,
    is_active boolean not null
);

create table products (
    id varchar primary key,
    seller_id varchar not null,
    name varchar not null,
    product_category varchar not null,
    price_amount decimal(18, 2),
    price_currency varchar,
    warranty_days integer,
    is_technically_complex boolean not null,
    is_remote_diagnosable boolean not null,
    stock_count integer not null,
    picture_url varchar not null
);

create table orders (
    id varchar primary key,
    number varchar not null,
    seller_id varchar not null,
    buyer_key varchar not null,
    ordered_at timestamp not null
);

create table order_items (
    order_id varchar not null,
    line integer not null,
    product_id varchar not null,
    quantity integer not null,
    price_amount decimal(18, 2) not null,
    price_currency varchar not null,
    primary key (order_id, line)
);

create table postings (
    number varchar primary key,
    order_id varchar not null,
    scheme varchar not null,
    status varchar not null,
    status_changed_at timestamp not null,
    tracking_number varchar not null,
    carrier varchar not null,
    warehouse varchar not null,
    is_cross_border boolean not null,
    shipped_at timestamp,
    promised_at timestamp,
    original_promised_at timestamp,
    delivered_at timestamp
);

create table policy_rows (
    id varchar primary key,
    key varchar not null,
    budget_seconds double not null,
    valid_from timestamp not null,
    source varchar not null,
    conditions json not null
);

create table imports (
    id uuid primary key,
    source varchar not null,
    file_name varchar not null,
    file_hash varchar not null,
    category varchar not null,
    lifecycle_version integer not null,
    started_at timestamp not null,
    finished_at timestamp not null,
    row_count bigint not null,
    added_count bigint not null,
    known_count bigint not null,
    repeat_count bigint not null,
    reject_count bigint not null,
    imported_by varchar not null
);

-- Which row of which source became which event: makes a second import add nothing. `row_hash` covers all columns,
-- `repeat` tells exact repeats apart.
create table import_rows (
    source varchar not null,
    row_hash uuid not null,
    repeat integer not null,
    import_id uuid not null,
    ticket_id uuid not null,
    seq integer not null
);

create table import_rejects (
    import_id uuid not null,
    line bigint not null,
    column_name varchar not null,
    reason varchar not null
);
