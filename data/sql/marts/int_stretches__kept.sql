-- grain: as int_stretches, where everything is kept up to the newest event
create or replace macro kept.int_stretches(as_of) as table
    select
        * replace (
            if(settled_at < as_of, settled_at, null) as settled_at,
            is_moved_on and settled_at < as_of as is_moved_on,
        ),
    from kept_stretches
    where opened_at < as_of;
