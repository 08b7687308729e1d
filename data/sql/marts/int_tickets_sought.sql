-- grain: one row per ticket that a search finds: they are found first, and only they are read and judged
-- `asked` is constant when a statement is planned, so the words that a search does not have cost nothing but planning.
create or replace macro int_tickets_sought(asked) as table
    with numbers as (
        select distinct by_first.number
        from mart_tickets_by_word(asked['lows'][1], asked['highs'][1], []) as by_first
        where (
            len(asked['lows']) < 2
            or by_first.number in (
                select by_word.number from mart_tickets_by_word(asked['lows'][2], asked['highs'][2], []) as by_word
            )
        )
        and (
            len(asked['lows']) < 3
            or by_first.number in (
                select by_word.number from mart_tickets_by_word(asked['lows'][3], asked['highs'][3], []) as by_word
            )
        )
        and (
            len(asked['lows']) < 4
            or by_first.number in (
                select by_word.number from mart_tickets_by_word(asked['lows'][4], asked['highs'][4], []) as by_word
            )
        )
        and (
            len(asked['lows']) < 5
            or by_first.number in (
                select by_word.number from mart_tickets_by_word(asked['lows'][5], asked['highs'][5], []) as by_word
            )
        )
        and (
            len(asked['lows']) < 6
            or by_first.number in (
                select by_word.number from mart_tickets_by_word(asked['lows'][6], asked['highs'][6], []) as by_word
            )
        )
    )

    -- A join, for a scan is told which numbers a join wants, and not which ones `in` does.
    select tickets.*
    from tickets
    inner join numbers on tickets.number = numbers.number
    where asked['is_search']
    union all
    select *
    from tickets
    where not asked['is_search'];
