-- grain: one row per ticket that a number names: its own or its name elsewhere, of its parcel, order, tracking or claim
create or replace macro mart_named(exact) as table
    select distinct number
    from mart_tickets_by_word(exact, exact, ['number', 'reference', 'posting', 'order', 'tracking', 'claim']);
