-- Search: the words of tickets, and of the records that tickets name (DECISIONS: Search). Derived, made anew at will.

-- Every word of a ticket's own numbers and messages. The rows made at once lie in the order of `word`, so that a search
-- reads few of them; newer rows follow.
create table ticket_words (
    number bigint not null,
    field varchar not null,
    word varchar not null
);

-- Every word of an order, a parcel, a product and a buyer's name, once, however many tickets name it.
create table record_words (
    record_id varchar not null,
    field varchar not null,
    word varchar not null
);

-- What a list of the queue is narrowed to, under a name; `conditions` are those of its address.
create table saved_views (
    id uuid primary key,
    owner_id varchar not null,
    name varchar not null,
    is_shared boolean not null,
    conditions json not null,
    changed_at timestamp not null
);
