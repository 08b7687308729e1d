-- grain: one row per call of the expression: the clock that ran out on us while what it waits for has not happened
-- `breaches` is as `QueueFilter.parameters` makes it, and constant when a statement is planned, as the paths of several
-- values must be. Spent is where a clock began, at the earliest with the taking over. A breach holds until its clock
-- ends or begins anew; that of the clock `state` while we have had to act in the state, since `ours_since`. Instants
-- are texts of one length, which sort as they do.
create or replace macro int_overdue_trigger(flags, spent, clocks, ours_since, lifecycle, breaches) as
coalesce(
    trim(
        list_filter(
            list_zip(
                breaches['flags'],
                spent ->> breaches['triggers'],
                breaches['clocks'],
                clocks ->> breaches['clocks'],
                breaches['lifecycles']
            ),
            lambda breach: breach[2] >= if(breach[3] = 'state', ours_since, breach[4])
            and contains(cast(flags as varchar), breach[1])
            and contains(breach[5], lifecycle)
        )[1][1],
        '"'
    ),
    ''
);
