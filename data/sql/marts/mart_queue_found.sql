-- grain: one row per ticket of a view that the search finds, with whether each facet keeps it
-- `asked` is constant when a statement is planned, so the words that a search does not have cost nothing but planning.
create or replace macro mart_queue_found(asked) as table
    select *
    from mart_queue_viewed(asked)
    where
        (not asked['is_search'] or len(asked['lows']) > 0)
        and (
            len(asked['lows']) < 1
            or number in (
                select by_word.number from mart_tickets_by_word(asked['lows'][1], asked['highs'][1], []) as by_word
            )
        )
        and (
            len(asked['lows']) < 2
            or number in (
                select by_word.number from mart_tickets_by_word(asked['lows'][2], asked['highs'][2], []) as by_word
            )
        )
        and (
            len(asked['lows']) < 3
            or number in (
                select by_word.number from mart_tickets_by_word(asked['lows'][3], asked['highs'][3], []) as by_word
            )
        )
        and (
            len(asked['lows']) < 4
            or number in (
                select by_word.number from mart_tickets_by_word(asked['lows'][4], asked['highs'][4], []) as by_word
            )
        )
        and (
            len(asked['lows']) < 5
            or number in (
                select by_word.number from mart_tickets_by_word(asked['lows'][5], asked['highs'][5], []) as by_word
            )
        )
        and (
            len(asked['lows']) < 6
            or number in (
                select by_word.number from mart_tickets_by_word(asked['lows'][6], asked['highs'][6], []) as by_word
            )
        );
