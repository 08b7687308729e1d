-- grain: one row per call of the expression: the clock that ran out on us while what it waits for has not happened
-- `breaches` is as `QueueFilter.parameters` makes it, and constant when a statement is planned, as the paths of several
-- values must be. Spent is where a clock began, at the earliest with the taking over; few have been. A breach holds
-- until its clock ends or begins anew; that of the clock `state` while we must act in the state where it was flagged.
create or replace macro int_overdue_trigger(
    state_kind, flags, spent, clocks, ball, state_entered_at, category, lifecycle_version, breaches
) as
if(
    state_kind in ('done', 'final') or cast(flags as varchar) = '[]',
    '',
    coalesce(
        trim(
            list_filter(
                list_filter(
                    list_zip(
                        breaches['flags'],
                        spent ->> breaches['triggers'],
                        breaches['clocks'],
                        clocks ->> breaches['clocks'],
                        breaches['lifecycles']
                    ),
                    lambda breach: breach[2] is not null
                ),
                lambda breach: if(
                    breach[3] = 'state',
                    ball = 'seller' and cast(breach[2] as timestamp) >= state_entered_at,
                    breach[2] >= breach[4]
                )
                and contains(cast(flags as varchar), breach[1])
                and contains(breach[5], concat('<', category, '/', lifecycle_version, '>'))
            )[1][1],
            '"'
        ),
        ''
    )
);
