-- grain: one row per ticket that a number names: its own, its name elsewhere, its parcel's, order's, tracking or claim's
create or replace macro mart_named(exact) as table
    select distinct number
    from mart_tickets_by_word(exact, exact, ['number', 'reference', 'posting', 'order', 'tracking', 'claim']);
