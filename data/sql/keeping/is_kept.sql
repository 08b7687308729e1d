-- grain: one row
select
    coalesce(
        (
            select coalesce(max(position), 0) from events
        ) <= (
            select max(cast(value as bigint)) from settings
            where key = 'kept_up_to'
        ),
        false
    ) as is_kept;
